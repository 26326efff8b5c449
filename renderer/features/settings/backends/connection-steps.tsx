import { useEffect, useRef } from 'react';

import { CircleAlert, CircleCheck, CircleMinus } from 'lucide-react';

import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

const LOOKS = {
  passed: { icon: CircleCheck, colour: 'text-ok', word: 'passed' },
  failed: { icon: CircleAlert, colour: 'text-danger', word: 'failed' },
  skipped: { icon: CircleMinus, colour: 'text-faint', word: 'skipped' },
} as const;

/** What a connection test found, step by step; the first that failed names the trouble. */
export function ConnectionSteps({ steps }: { steps: readonly ConnectionTestStep[] }) {
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [steps]);
  return (
    <div role="status" ref={box}>
      <p className={`mb-2 text-sm font-medium ${failed ? 'text-danger' : 'text-ok'}`}>
        {failed ? t('It stopped at: {name}', { name: failed.name }) : t('Everything that was tried works.')}
      </p>
      <ol className="rounded-md border border-line bg-canvas">
        {steps.map(({ name, outcome, detail }, index) => {
          const { icon: Icon, colour, word } = LOOKS[outcome];
          return (
            <li key={index} className="flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-0">
              <Icon size={14} aria-hidden className={`mt-0.5 shrink-0 ${colour}`} />
              <span className="min-w-0 text-sm">
                <span className={outcome === 'skipped' ? 'text-faint' : 'text-ink'}>{name}</span>
                <span className="sr-only"> {word}</span>
                {detail !== '' && (
                  <span className="selectable block text-xs break-words text-muted">{detail}</span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
