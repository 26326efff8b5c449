import type { ChannelConfig, ChannelKindDescriptor } from '#shared/domain/attention/channel.ts';
import type { ChannelTemplate } from '#shared/domain/attention/channel-template.ts';
import { troubleOfTemplate } from '#shared/domain/attention/channel-template.ts';
import { t } from '#shared/words.ts';

import { initialTexts, parseFieldTexts } from '../../../ui/field-values.ts';

/** What the form of a channel holds. */
export interface ChannelDraft {
  kind: ChannelKindDescriptor['kind'];
  name: string;
  minSeverity: ChannelConfig['minSeverity'];
  practice: boolean;
  /** One a line. */
  recipients: string;
  options: Record<string, string>;
  /** `null`: the channel's own words. */
  template: ChannelTemplate | null;
  secrets: Record<string, string>;
}

export type ChannelErrors = Readonly<Record<string, string>>;

export const newChannelDraft = (kind: ChannelKindDescriptor): ChannelDraft => ({
  kind: kind.kind,
  name: kind.label,
  minSeverity: 'high',
  practice: false,
  recipients: '',
  options: { ...initialTexts(kind.options) },
  template: null,
  secrets: {},
});

export const channelDraftOf = (config: ChannelConfig, kind: ChannelKindDescriptor): ChannelDraft => ({
  ...config,
  recipients: config.recipients.join('\n'),
  options: { ...initialTexts(kind.options, config.options) },
  template: config.template ?? null,
  secrets: {},
});

interface ReadAround {
  kind: ChannelKindDescriptor;
  /** The channel as it is kept; `null` for a new one. */
  before: ChannelConfig | null;
  savedSecrets: ReadonlySet<string>;
  newId: () => string;
}

/** The channel that the form describes, or what is wrong by field. */
export function readChannelDraft(
  draft: ChannelDraft,
  { kind, before, savedSecrets, newId }: ReadAround,
):
  | { ok: true; config: ChannelConfig; secrets: Record<string, string> }
  | { ok: false; errors: ChannelErrors } {
  const errors: Record<string, string> = {};
  if (draft.name.trim() === '') errors.name = t('Fill this in.');
  const options = parseFieldTexts(kind.options, draft.options);
  if (!options.ok)
    for (const [name, words] of Object.entries(options.errors)) errors[`option:${name}`] = words;
  for (const { name, required } of kind.secrets) {
    const missing = (draft.secrets[name] ?? '') === '' && !savedSecrets.has(name);
    if (required && missing) errors[`secret:${name}`] = t('Fill this in.');
  }
  const recipients = kind.recipients === null ? [] : linesOf(draft.recipients);
  if (kind.recipients !== null && recipients.length === 0) errors.recipients = t('Fill this in.');
  const { template } = draft;
  if (template !== null) {
    const title = template.title.trim() === '' ? t('Fill this in.') : troubleOfTemplate(template.title);
    const body = troubleOfTemplate(template.body);
    if (title !== null) errors['template:title'] = title;
    if (body !== null) errors['template:body'] = body;
  }
  if (!options.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    config: {
      id: before?.id ?? newId(),
      kind: draft.kind,
      name: draft.name.trim(),
      enabled: before?.enabled ?? true,
      minSeverity: draft.minSeverity,
      practice: draft.practice,
      recipients,
      options: Object.fromEntries(
        Object.entries(options.params).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
      ...(template === null ? {} : { template }),
    },
    secrets: draft.secrets,
  };
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
