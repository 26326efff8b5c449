import { plainText } from '../../lib/clean.ts';

const AROUND = 60;

/** What a person types as a question to SQLite: each word may be unfinished, and its own operators mean nothing. `null`: no words. */
export function ftsQuery(text: string): string | null {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.slice(0, 12) ?? [];
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ');
}

/** The words around the first of those that were looked for. */
export function snippetOf(content: string, text: string): string {
  const first = /[\p{L}\p{N}]+/u.exec(text)?.[0] ?? '';
  const at = Math.max(0, content.toLowerCase().indexOf(first.toLowerCase()));
  const from = Math.max(0, at - AROUND / 2);
  const cut = plainText(content.slice(from, from + AROUND * 2).replace(/\s+/g, ' '), AROUND * 2);
  return `${from > 0 ? '…' : ''}${cut}${from + AROUND * 2 < content.length ? '…' : ''}`;
}
