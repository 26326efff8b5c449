import type { Severity } from '#shared/domain/alert.ts';
import type { ChannelKindDescriptor } from '#shared/domain/channel.ts';

import { FieldInput } from '../../ui/field-form.tsx';
import { Field, Input, Select, Switch, TextArea } from '../../ui/field.tsx';
import type { ChannelDraft, ChannelErrors } from './channel-draft.ts';
import { newChannelDraft } from './channel-draft.ts';

/** From which severity on, in words. */
export const FROM_SEVERITY: Record<Severity, string> = {
  low: 'Everything',
  medium: 'Medium and above',
  high: 'High and critical',
  critical: 'Critical only',
};
const SEVERITIES = [
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
        <Field label="Service" help={kind.summary} required>
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
        <Field label="Name" help="As you call it." error={errors.name} required>
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
      {kind.options.map((option) => (
        <Field
          key={option.name}
          label={option.label}
          help={option.help}
          error={errors[`option:${option.name}`]}
          required={option.required}
        >
          {(aria) => (
            <FieldInput
              field={option}
              aria={aria}
              autoFocus={false}
              text={draft.options[option.name] ?? ''}
              onText={(text) => set({ options: { ...draft.options, [option.name]: text } })}
            />
          )}
        </Field>
      ))}
      {kind.secrets.map((secret) => {
        const saved = savedSecrets.has(secret.name);
        return (
          <Field
            key={secret.name}
            label={secret.label}
            help={`${secret.help} It cannot be read back here.`}
            error={errors[`secret:${secret.name}`]}
            required={secret.required && !saved}
          >
            {(aria) => (
              <Input
                {...aria}
                type="password"
                autoComplete="new-password"
                value={draft.secrets[secret.name] ?? ''}
                maxLength={4_000}
                placeholder={saved ? 'Saved. Leave empty to keep it.' : ''}
                onChange={(event) =>
                  set({ secrets: { ...draft.secrets, [secret.name]: event.target.value } })
                }
              />
            )}
          </Field>
        );
      })}
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
        <Field label="Sends" help="What is less severe is not sent this way.">
          {(aria) => (
            <Select
              {...aria}
              value={draft.minSeverity}
              onChange={(minSeverity) => set({ minSeverity })}
              options={SEVERITIES}
            />
          )}
        </Field>
        <Field label="Practice too" help="Notices of the practice desk are sent as well.">
          {(aria) => <Switch {...aria} checked={draft.practice} onChange={(practice) => set({ practice })} />}
        </Field>
      </div>
    </>
  );
}
