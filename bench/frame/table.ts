import type { Judged } from './judge.ts';
import type { Role } from './row.ts';

const HEAD = ['what', 'limit', 'floor', 'ours', 'peer', 'ratio', 'target', 'verdict'];

/** The results as a table of Markdown, with what the contenders of each row are below it. */
export function tableOf(results: readonly Judged[]): string {
  const lines = [
    rowOf(HEAD),
    rowOf(HEAD.map(() => '---')),
    ...results.map((result) =>
      rowOf([
        `${result.title}: ${result.gate.unit}`,
        ...(['limit', 'floor', 'ours', 'peer'] as const).map((role) => figure(result.medians[role])),
        apartOf(result),
        targetOf(result),
        result.verdict === 'too noisy' ? `too noisy (${result.kept} of ${result.of} rounds)` : result.verdict,
      ]),
    ),
  ];
  return `${lines.join('\n')}\n\n${legendOf(results)}\n`;
}

function legendOf(results: readonly Judged[]): string {
  const byTitle = new Map(results.map(({ title, labels }) => [title, labels]));
  return [...byTitle]
    .map(([title, labels]) => {
      const others = (Object.keys(labels) as Role[]).map((role) => `${role}: ${labels[role]}`);
      return `- ${title}: ${others.join('; ')}`;
    })
    .join('\n');
}

function apartOf({ ratio, gate: { against, bound } }: Judged): string {
  if (against === null) return '';
  if (bound === null || !('atMostAbove' in bound)) return `${figure(ratio)} x ${against}`;
  return `${against} ${ratio < 0 ? '-' : '+'} ${figure(Math.abs(ratio))}`;
}

function targetOf({ gate: { bound, against } }: Judged): string {
  if (bound === null) return '';
  if ('atMostAbove' in bound) return `at most ${against ?? ''} + ${bound.atMostAbove}`;
  const words = 'atMost' in bound ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`;
  return against === null ? words : `${words} x ${against}`;
}

/** Three digits say all that such a measurement knows. */
function figure(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return '∞';
  return String(Number(value.toPrecision(3)));
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
