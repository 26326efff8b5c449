import { Eye, OctagonX, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';

import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

/** After a test that passed, before anything is saved: what is seen of such a bot, what it can be told, what a halt does. */
export function WhatItOffers({ kind }: { kind: BackendKindDescriptor }) {
  const decides = kind.acts.some(({ id }) => id === 'approval.approve');
  const told = kind.acts.filter(({ scope }) => scope === 'backend').length;
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [kind]);
  return (
    <section
      ref={box}
      aria-label={t('What it offers')}
      className="flex flex-col gap-2 rounded-md border border-line px-3 py-2.5"
    >
      <Line icon={<Eye size={14} aria-hidden />}>
        <strong className="font-medium text-ink">{t('You will see')}</strong> {lowerFirst(kind.summary)}
        {kind.chat !== null && ` ${t('It has a chat.')}`}
      </Line>
      <Line icon={<Zap size={14} aria-hidden />}>
        {kind.acts.length === 0 ? (
          <>
            <strong className="font-medium text-ink">{t('To watch only:')}</strong>{' '}
            {t('it can be told nothing.')}
          </>
        ) : (
          <>
            <strong className="font-medium text-ink">{t('You can')}</strong>
            {decides && ` ${t('approve and decline its proposals, and')}`}{' '}
            {t(
              'use {told} {told, plural, one {command} other {commands}} of its own and {count} questions.',
              { told, count: kind.reads.length },
            )}
          </>
        )}
      </Line>
      <Line icon={<OctagonX size={14} aria-hidden />}>
        {kind.panic.supported ? (
          <>
            <strong className="font-medium text-ink">{t('PANIC halts it.')}</strong> {kind.panic.does[0]}{' '}
            {kind.panic.doesNot[0]}
          </>
        ) : (
          <>
            <strong className="font-medium text-ink">{t('PANIC cannot halt it.')}</strong> {kind.panic.byHand}
          </>
        )}
      </Line>
    </section>
  );
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className="flex items-start gap-2.5 text-xs leading-relaxed text-muted">
    <span className="mt-0.5 shrink-0 text-faint">{icon}</span>
    <span className="min-w-0">{children}</span>
  </p>
);

/** A summary goes on in the sentence, unless it begins with a name. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]* /.test(text) && !/^[A-Z]\S*[A-Z]/.test(text)
    ? `${text.charAt(0).toLowerCase()}${text.slice(1)}`
    : text;
