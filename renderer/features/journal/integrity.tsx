import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';

import type { JournalIntegrity } from '#shared/domain/journal/journal.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatCount } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { DayHead } from './day-head.tsx';

type Check =
  { kind: 'running' } | { kind: 'done'; integrity: JournalIntegrity } | { kind: 'failed'; message: string };

/** Recomputes the chain of hashes on request and says in words what it found (S5). */
export function Integrity() {
  const [check, setCheck] = useState<Check | null>(null);

  async function run(): Promise<void> {
    setCheck({ kind: 'running' });
    try {
      setCheck({ kind: 'done', integrity: await request('journal.verify', {}) });
    } catch (error) {
      setCheck({ kind: 'failed', message: describeError(error) });
    }
  }

  return (
    <>
      <Button
        size="sm"
        busy={check?.kind === 'running'}
        icon={<ShieldCheck size={14} aria-hidden />}
        onClick={() => void run()}
      >
        {t('Check integrity')}
      </Button>
      <Dialog
        open={check !== null}
        onOpenChange={(open) => !open && setCheck(null)}
        width="sm"
        title={t('Integrity of the journal')}
        description={t(
          'Each entry carries a hash over itself and the entry before it. All of them are computed again and compared.',
        )}
      >
        {check?.kind === 'running' && <Spinner label={t('Computing every hash again')} />}
        {check?.kind === 'failed' && (
          <p role="alert" className="selectable rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
            {t('It could not be checked. {message}', { message: check.message })}
          </p>
        )}
        {check?.kind === 'done' && <Result integrity={check.integrity} />}
        <DayHead />
      </Dialog>
    </>
  );
}

function Result({ integrity }: { integrity: JournalIntegrity }) {
  const { intact, entries, headHash, brokenAtSeq } = integrity;
  return (
    <div role="status">
      <p className={`flex items-start gap-2.5 text-sm ${intact ? 'text-ok' : 'text-danger'}`}>
        {intact ? (
          <ShieldCheck size={18} aria-hidden className="shrink-0" />
        ) : (
          <ShieldAlert size={18} aria-hidden className="shrink-0" />
        )}
        <span>
          {intact
            ? t(
                'The chain holds over all {count} entries. None was changed since it was written, and none is missing but what Settings lets go.',
                { count: formatCount(entries) },
              )
            : t(
                'The chain is broken at entry {brokenAtSeq}. That entry, or one before it, is not what was written.',
                { brokenAtSeq: brokenAtSeq ?? 'unknown' },
              )}
        </span>
      </p>
      <p className="label mt-4">{t('Hash of the newest entry')}</p>
      <p className="flex items-center gap-1">
        <code className="selectable min-w-0 font-mono text-xs break-all text-ink">{headHash}</code>
        <CopyButton text={headHash} label={t('Copy the hash')} />
      </p>
      <p className="mt-1 text-xs leading-relaxed text-muted">
        {t(
          'Keep it somewhere else: as long as this hash can be found again, everything before it is unchanged.',
        )}
      </p>
    </div>
  );
}
