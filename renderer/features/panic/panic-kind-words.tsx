import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';

import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

/** What PANIC does on a kind of backend and what it does not, in the kind's own words (K9). */
export function PanicKindWords({ kind, byHand }: { kind: BackendKindDescriptor; byHand: boolean }) {
  const { panic } = kind;
  return (
    <div className="grid gap-x-5 gap-y-2 text-xs leading-snug sm:grid-cols-2">
      <WordList
        title={t('Does')}
        items={panic.does}
        sign={<Check size={12} aria-hidden className="text-ok" />}
      />
      <WordList
        title={t('Does not')}
        items={panic.doesNot}
        sign={<Minus size={12} aria-hidden className="text-warn" />}
      />
      {!panic.supported && (
        <p className="text-warn sm:col-span-2">{t('This backend cannot be halted from here.')}</p>
      )}
      {byHand && (
        <p className="text-muted sm:col-span-2">
          {panic.supported
            ? t('If it cannot be reached: {byHand}', { byHand: panic.byHand })
            : t('By hand: {byHand}', { byHand: panic.byHand })}
        </p>
      )}
    </div>
  );
}

function WordList({ title, items, sign }: { title: string; items: readonly string[]; sign: ReactNode }) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className="label mb-1">{title}</p>
      <ul className="flex flex-col gap-1 text-muted">
        {items.map((item) => (
          <li key={item} className="flex gap-1.5">
            <span className="mt-0.5 shrink-0">{sign}</span>
            {item}
          </li>
        ))}
      </ul>
    </div>
  );
}
