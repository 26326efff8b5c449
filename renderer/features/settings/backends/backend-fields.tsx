import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import type { VaultStatus } from '#shared/ipc/vault-requests.ts';

import { PROXY_SECRET } from '#shared/domain/backends/network.ts';
import { t } from '#shared/words.ts';

import { cx } from '../../../ui/cx.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import type { BackendDraft, DraftErrors } from './backend-draft.ts';
import {
  BACKEND_COLOURS,
  needsPlainHttpConsent,
  optionTexts,
  readAddress,
  schemesOf,
} from './backend-draft.ts';
import { NetworkFields } from './network-fields.tsx';
import { OptionFields, SecretFields } from '../parts/described-fields.tsx';

interface BackendFieldsProps {
  draft: BackendDraft;
  onChange: (draft: BackendDraft) => void;
  errors: DraftErrors;
  kinds: readonly BackendKindDescriptor[];
  /** An existing backend keeps its kind. */
  kindFixed: boolean;
  savedSecrets: ReadonlySet<string>;
  protection: VaultStatus['protection'];
  /** Stands under the address: what was found there. */
  afterAddress?: ReactNode;
}

/** The inputs for one backend: what it is, where it is, how it looks here, and its secrets. */
export function BackendFields({
  draft,
  onChange,
  errors,
  kinds,
  kindFixed,
  savedSecrets,
  protection,
  afterAddress,
}: BackendFieldsProps) {
  const kind = kinds.find((one) => one.kind === draft.kind);
  const set = (change: Partial<BackendDraft>) => onChange({ ...draft, ...change });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('What it runs on')} help={kind?.summary} error={errors.kind} required>
          {(aria) => (
            <Select
              {...aria}
              value={draft.kind}
              disabled={kindFixed}
              onChange={(next) =>
                set({
                  kind: next,
                  secrets: {},
                  options: optionTexts(kinds.find((one) => one.kind === next)),
                })
              }
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
              placeholder={t('My bot')}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t('Address')} error={errors.address} required>
        {(aria) => (
          <Input
            {...aria}
            type="url"
            inputMode="url"
            value={draft.address}
            maxLength={500}
            placeholder={kind?.addressPlaceholder}
            className="font-mono"
            onChange={(event) => set({ address: event.target.value, allowPlainHttp: false })}
          />
        )}
      </Field>
      {afterAddress}
      {needsPlainHttpConsent(draft.address) && (
        <PlainHttp
          draft={draft}
          tls={schemesOf(kind).tls}
          error={errors.allowPlainHttp}
          onChange={(allowPlainHttp) => set({ allowPlainHttp })}
        />
      )}
      <OptionFields
        options={kind?.options ?? []}
        texts={draft.options}
        errors={errors}
        onChange={(options) => set({ options })}
      />
      <SecretFields
        secrets={kind?.secrets ?? []}
        typed={draft.secrets}
        saved={savedSecrets}
        errors={errors}
        keptWords={
          protection === 'session-only'
            ? t('Kept until Quarterdeck is closed.')
            : protection === 'passphrase'
              ? t('Kept encrypted by your passphrase; it cannot be read back here.')
              : t('Kept encrypted by this computer; it cannot be read back here.')
        }
        onChange={(secrets) => set({ secrets })}
      />
      <NetworkFields
        draft={draft}
        errors={errors}
        hasSavedCredentials={savedSecrets.has(PROXY_SECRET)}
        onChange={set}
      />
      <Field
        label={t('Exchange')}
        help={t(
          'Shown beside PANIC: the page where you can act by hand, or words such as whom to call. Only an https link can be opened from here.',
        )}
      >
        {(aria) => (
          <Input
            {...aria}
            value={draft.exchange}
            maxLength={300}
            placeholder="https://exchange.example.com/orders"
            onChange={(event) => set({ exchange: event.target.value })}
          />
        )}
      </Field>
      <div role="radiogroup" aria-label={t('Colour')} className="flex flex-col gap-1.5">
        <span className="text-xs font-medium text-muted">{t('Colour')}</span>
        <div className="flex gap-2">
          {[...new Set([...BACKEND_COLOURS, draft.colour])].map((colour, index) => (
            <button
              key={colour}
              type="button"
              role="radio"
              aria-checked={colour === draft.colour}
              aria-label={t('Colour {index}', { index: index + 1 })}
              onClick={() => set({ colour })}
              className={cx(
                'size-6 rounded-md border-2',
                colour === draft.colour ? 'border-ink' : 'border-transparent hover:border-line-strong',
              )}
              style={{ backgroundColor: colour }}
            />
          ))}
        </div>
      </div>
    </>
  );
}

interface PlainHttpProps {
  draft: BackendDraft;
  /** How an address with TLS begins: "https:". */
  tls: string;
  error: string | undefined;
  onChange: (allowed: boolean) => void;
}

/** The warning that a connection without TLS beyond this machine deserves, and the word of the person (S3). */
function PlainHttp({ draft, tls, error, onChange }: PlainHttpProps) {
  const host = readAddress(draft.address)?.url.host ?? draft.address;
  return (
    <div className="rounded-md border border-warn/50 bg-warn-soft px-3 py-2.5">
      <p className="flex items-start gap-2 text-xs leading-relaxed text-warn">
        <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
        {t(
          'Without TLS everybody on the way to {host} can read what is sent there, secrets included, and can change what comes back. Use {tls}// if the bot offers it. Allow this only for an address in a network that is yours.',
          { host, tls },
        )}
      </p>
      <label className="mt-2 flex items-center gap-2 text-sm text-ink">
        <Checkbox
          checked={draft.allowPlainHttp}
          onChange={onChange}
          aria-invalid={error === undefined ? undefined : true}
        />
        {t('Allow {host} without TLS', { host })}
      </label>
      {error !== undefined && <p className="mt-1 text-xs text-danger">{error}</p>}
    </div>
  );
}
