import { ShieldCheck } from 'lucide-react';
import { useRef, useState } from 'react';

import type { AuthorityCertificate } from '#shared/domain/backends/network.ts';
import { AUTHORITY_LENGTH, PROXY_SECRET } from '#shared/domain/backends/network.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, Input, TextArea } from '../../../ui/field.tsx';
import { formatDay } from '../../../ui/format.ts';
import type { BackendDraft, DraftErrors } from './backend-draft.ts';

interface NetworkFieldsProps {
  draft: BackendDraft;
  errors: DraftErrors;
  hasSavedCredentials: boolean;
  onChange: (change: Partial<BackendDraft>) => void;
}

type Described = { kind: 'certificates'; list: AuthorityCertificate[] } | { kind: 'trouble'; words: string };

/** The way to a backend that is not straight ahead: a proxy, and an authority of one's own that vouches for it. */
export function NetworkFields({ draft, errors, hasSavedCredentials, onChange }: NetworkFieldsProps) {
  const [described, setDescribed] = useState<Described | null>(null);

  async function take(authority: string): Promise<void> {
    onChange({ authority });
    setDescribed(null);
    if (authority.trim() === '') return;
    try {
      const list = await request('backends.describe-authority', { pem: authority });
      setDescribed({ kind: 'certificates', list });
    } catch (error) {
      setDescribed({ kind: 'trouble', words: describeError(error) });
    }
  }

  async function takeFile(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    if (file.size > AUTHORITY_LENGTH)
      setDescribed({ kind: 'trouble', words: t('This file is too large to be a certificate.') });
    else await take(await file.text());
  }

  return (
    <details
      className="rounded-md border border-line px-3 py-2"
      open={draft.proxy !== '' || draft.authority !== '' || undefined}
    >
      <summary className="cursor-pointer text-sm text-ink">{t('Proxy and certificates')}</summary>
      <div className="mt-3 flex flex-col gap-4">
        <Field
          label={t('Proxy')}
          help={t(
            "Every request and link of this backend goes through it. Empty: no proxy, not even the system's.",
          )}
          error={errors.proxy}
        >
          {(aria) => (
            <Input
              {...aria}
              value={draft.proxy}
              maxLength={300}
              placeholder="http://10.0.0.2:3128 or socks5://127.0.0.1:1080"
              className="font-mono"
              onChange={(event) => onChange({ proxy: event.target.value })}
            />
          )}
        </Field>
        {draft.proxy.trim() !== '' && (
          <Field
            label={t("Proxy's user name and password")}
            help={t('As name:password, where the proxy asks for them.')}
          >
            {(aria) => (
              <Input
                {...aria}
                type="password"
                autoComplete="new-password"
                value={draft.secrets[PROXY_SECRET] ?? ''}
                maxLength={500}
                placeholder={hasSavedCredentials ? t('Saved. Leave empty to keep it.') : ''}
                onChange={(event) =>
                  onChange({ secrets: { ...draft.secrets, [PROXY_SECRET]: event.target.value } })
                }
              />
            )}
          </Field>
        )}
        <Field
          label={t('Private certificate authority')}
          help={t(
            'Its certificate as text (PEM), pasted or from a file. Then it is the only one that vouches for this backend.',
          )}
          error={described?.kind === 'trouble' ? described.words : undefined}
        >
          {(aria) => (
            <TextArea
              {...aria}
              rows={3}
              value={draft.authority}
              maxLength={AUTHORITY_LENGTH}
              placeholder="-----BEGIN CERTIFICATE-----"
              className="font-mono text-2xs"
              onChange={(event) => void take(event.target.value)}
            />
          )}
        </Field>
        <FileButton onFile={(file) => void takeFile(file)} />
        {described?.kind === 'certificates' &&
          described.list.map((certificate) => (
            <p key={certificate.fingerprint} className="flex items-start gap-2 text-xs leading-relaxed">
              <ShieldCheck size={14} aria-hidden className="mt-0.5 shrink-0 text-muted" />
              <span className="min-w-0">
                {certificate.subject}, {certificate.isExpired ? t('expired') : t('valid until')}{' '}
                {formatDay(certificate.validToMs)}.{' '}
                <span className="selectable font-mono text-2xs break-all text-muted">
                  {certificate.fingerprint}
                </span>
              </span>
            </p>
          ))}
      </div>
    </details>
  );
}

/** A button of the desk's own: that of an input for files, and what it says without one, speak the system's language. */
function FileButton({ onFile }: { onFile: (file: File | undefined) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="sm" className="self-start" onClick={() => input.current?.click()}>
        {t('Certificate from a file')}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".pem,.crt,.cer"
        onChange={({ target }) => {
          onFile(target.files?.[0]);
          // The same file can be chosen again, once it was mended.
          target.value = '';
        }}
      />
    </>
  );
}
