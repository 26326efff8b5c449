import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';
import { branchOf } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

import type { LoadedConversation } from './conversation-store.ts';
import { endWords } from './turn-words.ts';

/** The branch that is shown, as a document. */
export function toMarkdown({ summary, turns }: LoadedConversation, atMs: number): string {
  const parts = branchOf(turns, summary.headId).map((turn) => {
    const who = turn.role === 'user' ? t('You') : turn.by;
    const read = turn.citations.map(({ label, items }) => {
      const names = items.map((item) => item.label).join('; ');
      return `- ${label}${names === '' ? '' : `: ${names}`}`;
    });
    return [
      `## ${who}, ${timeOf(turn.atMs)} UTC`,
      turn.content,
      ...(read.length === 0 ? [] : [t('Read for this:\n\n{list}', { list: read.join('\n') })]),
      ...noteOf(turn),
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  });
  return (
    [`# ${summary.title}`, t('Exported {atMs} UTC', { atMs: timeOf(atMs) }), ...parts].join('\n\n') + '\n'
  );
}

/** Everything in it, all branches, in a form that programs read. */
export function toJson({ summary, turns }: LoadedConversation, atMs: number): string {
  const document = {
    format: 'quarterdeck-conversation',
    version: 1,
    exportedAtMs: atMs,
    summary,
    turns: [...turns.values()],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function noteOf(turn: ChatTurn): string[] {
  const words = turn.role === 'user' ? null : endWords(turn);
  return words === null ? [] : [`_${words}_`];
}

const timeOf = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
