import { plainText } from '../../lib/clean.ts';
import { redact } from '../../lib/redact.ts';

/** What one tool may answer with, in rows and in characters. */
const TOOL_BOUNDS = { rows: 50, characters: 12_000, text: 400 } as const;

type Cell = string | number | boolean | null | readonly Cell[] | { readonly [name: string]: Cell };
export type Row = Readonly<Record<string, Cell>>;

/** Text that others wrote, as a model may have it: cut, without what does not print and without what looks like a secret. */
export const told = (text: string | null | undefined): string | null =>
  text === null || text === undefined
    ? null
    : plainText(redact(text.slice(0, TOOL_BOUNDS.text * 4)), TOOL_BOUNDS.text);

/** The rows that fit, as JSON, with how many there are: a model has to know that it does not see all. */
export function answerOf(facts: Row, rows: readonly Row[], total = rows.length): string {
  let shown = rows.slice(0, TOOL_BOUNDS.rows);
  for (;;) {
    const text = JSON.stringify({ ...facts, total, shown: shown.length, rows: shown });
    if (text.length <= TOOL_BOUNDS.characters || shown.length === 0)
      return text.slice(0, TOOL_BOUNDS.characters);
    shown = shown.slice(0, Math.floor(shown.length * 0.8));
  }
}

export const isoOf = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();
