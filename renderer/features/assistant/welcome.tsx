import { ArrowUpRight, BellRing, Bot, Scale, WalletMinimal } from 'lucide-react';
import type { ComponentType } from 'react';

import { t } from '#shared/words.ts';

import { useKind } from '../../stores/kinds.ts';
import type { AnswererChoice } from './answerers.ts';

interface Example {
  icon: ComponentType<{ size?: number; className?: string }>;
  question: string;
  teaches: string;
}

const OF_MODEL: readonly Example[] = [
  {
    icon: WalletMinimal,
    question: t('Where is most of my risk right now?'),
    teaches: t('It reads holdings and limits, and links what it read.'),
  },
  {
    icon: Scale,
    question: t('What speaks for and against the newest proposal?'),
    teaches: t('It reads the queue. Ask it to propose a decision, and a card waits for your click.'),
  },
  {
    icon: BellRing,
    question: t('What happened while I was away?'),
    teaches: t('It searches alerts, trades and the journal of the last hours.'),
  },
];
const OF_BACKEND: readonly Example[] = [
  {
    icon: WalletMinimal,
    question: t('Where is most of my risk right now?'),
    teaches: t('It answers from its own figures.'),
  },
  {
    icon: Scale,
    question: t('Why is the newest proposal a good idea, and what speaks against it?'),
    teaches: t('It knows why it proposed it.'),
  },
  {
    icon: BellRing,
    question: t('What happened in the last hour?'),
    teaches: t('It tells what it did and saw.'),
  },
];

/** Before the first question: what this is good for, in three questions that can be asked with a click. */
export function Welcome({
  choice,
  onAsk,
}: {
  choice: AnswererChoice | undefined;
  onAsk: (question: string) => void;
}) {
  const chat = useKind(choice?.backend?.kind)?.chat;
  const isModel = choice?.answerer.kind === 'model';
  const examples = isModel ? OF_MODEL : OF_BACKEND;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col justify-center px-6 py-8">
        <div className="mb-5 flex items-start gap-3.5">
          <span className="flex size-10 shrink-0 items-center justify-center rounded-xl bg-accent-soft text-accent">
            <Bot size={20} aria-hidden />
          </span>
          <div>
            <h2 className="text-lg font-semibold tracking-tight text-ink">
              {t('Ask {label}', { label: choice?.label ?? t('the assistant') })}
            </h2>
            <p className="mt-0.5 max-w-xl text-sm leading-relaxed text-muted">
              {isModel
                ? t(
                    'It can read the desk for you and show where each figure is from. It can propose, and you decide; it cannot act.',
                  )
                : (chat?.help ?? t('It answers from what it knows. It cannot act.'))}
            </p>
          </div>
        </div>
        <ul className="grid gap-2.5 sm:grid-cols-3">
          {examples.map(({ icon: Icon, question, teaches }) => (
            <li key={question} className="flex">
              <button
                type="button"
                disabled={choice === undefined}
                className="group flex w-full flex-col gap-2 rounded-xl border border-line bg-surface p-3.5 text-left transition-colors hover:border-line-strong hover:bg-raised disabled:opacity-50"
                onClick={() => onAsk(question)}
              >
                <span className="flex items-center text-accent">
                  <Icon size={16} aria-hidden />
                  <ArrowUpRight
                    size={14}
                    aria-hidden
                    className="ml-auto text-faint opacity-0 transition-opacity group-hover:opacity-100"
                  />
                </span>
                <span className="text-sm leading-snug font-medium text-ink">{question}</span>
                <span className="text-xs leading-relaxed text-muted">{teaches}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
