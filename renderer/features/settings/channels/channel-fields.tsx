import type { ChannelConfig, ChannelKindDescriptor } from '#shared/domain/attention/channel.ts';
import { t } from '#shared/words.ts';

import { Select, Switch } from '../../../ui/controls.tsx';
import { Field, Input, TextArea } from '../../../ui/field.tsx';
import type { ChannelDraft, ChannelErrors } from './channel-draft.ts';
import { newChannelDraft } from './channel-draft.ts';
import { TemplateFields } from './template-fields.tsx';
import { OptionFields, SecretFields } from '../parts/described-fields.tsx';

/** From which severity on, in words. */
export const FROM_SEVERITY: Record<ChannelConfig['minSeverity'], string> = {
  low: t('Everything'),
  medium: t('Medium and above'),
  high: t('High and critical'),
  critical: t('Critical only'),
  unacknowledged: t('Critical, once nobody acknowledged it'),
};
const SEVERITIES = [
  { value: 'unacknowledged', label: FROM_SEVERITY.unacknowledged },
  { value: 'critical', label: FROM_SEVERITY.critical },
  { value: 'high', label: FROM_SEVERITY.high },
  { value: 'medium', label: FROM_SEVERITY.medium },
  { value: 'low', label: FROM_SEVERITY.low },
] as const;

interface ChannelFieldsProps {
  kinds: readonly ChannelKindDescriptor[];
  kind: ChannelKindDescriptor;
  draft: ChannelDraft;
  errors: ChannelErrors;
  /** An existing channel keeps its kind. */
  kindFixed: boolean;
  savedSecrets: ReadonlySet<string>;
  onChange: (draft: ChannelDraft) => void;
}

/** The inputs of one channel: the service, who is told, from what severity on, and its secrets. */
export function ChannelFields({
  kinds,
  kind,
  draft,
  errors,
  kindFixed,
  savedSecrets,
  onChange,
}: ChannelFieldsProps) {
  const set = (change: Partial<ChannelDraft>): void => onChange({ ...draft, ...change });
  const { recipients } = kind;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('Service')} help={kind.summary} required>
          {(aria) => (
            <Select
              {...aria}
              value={draft.kind}
              disabled={kindFixed}
              onChange={(name) => {
                const next = kinds.find((one) => one.kind === name);
                if (next !== undefined) onChange(newChannelDraft(next));
              }}
              options={kinds.map((one) => ({ value: one.kind, label: one.label }))}
            />
          )}
        </Field>
        <Field label={t('Name')} help={t('As you call it.')} error={errors.name} required>
          {(aria) => (
            <Input
              {...aria}
              autoFocus
              value={draft.name}
              maxLength={60}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
      </div>
      <OptionFields
        options={kind.options}
        texts={draft.options}
        errors={errors}
        onChange={(options) => set({ options })}
      />
      <SecretFields
        secrets={kind.secrets}
        typed={draft.secrets}
        saved={savedSecrets}
        errors={errors}
        keptWords={t('It cannot be read back here.')}
        onChange={(secrets) => set({ secrets })}
      />
      {recipients !== null && (
        <Field label={recipients.label} help={recipients.help} error={errors.recipients} required>
          {(aria) => (
            <TextArea
              {...aria}
              rows={3}
              value={draft.recipients}
              placeholder={recipients.placeholder}
              onChange={(event) => set({ recipients: event.target.value })}
            />
          )}
        </Field>
      )}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t('Sends')} help={t('What is less severe is not sent this way.')}>
          {(aria) => (
            <Select
              {...aria}
              value={draft.minSeverity}
              onChange={(minSeverity) => set({ minSeverity })}
              options={SEVERITIES}
            />
          )}
        </Field>
        <Field label={t('Practice too')} help={t('Notices of the practice desk are sent as well.')}>
          {(aria) => <Switch {...aria} checked={draft.practice} onChange={(practice) => set({ practice })} />}
        </Field>
      </div>
      <TemplateFields
        kind={draft.kind}
        template={draft.template}
        errors={errors}
        onChange={(template) => set({ template })}
      />
    </>
  );
}
