import type { Severity } from '#shared/domain/alerts/alert.ts';
import { severity } from '#shared/domain/alerts/alert.ts';
import type { JournalQuery } from '#shared/domain/journal/journal.ts';
import { journalKind } from '#shared/domain/journal/journal.ts';

import { facetsOf } from './facets.ts';

/** A search as FTS5 takes it. `everything`: nothing narrows it. `nothing`: text was given that holds no word. */
export type Match = { kind: 'everything' } | { kind: 'nothing' } | { kind: 'words'; expression: string };

type Narrowed = Pick<JournalQuery, 'text' | 'kinds' | 'backendId' | 'leastSeverity' | 'symbol'>;

/**
 * What a person typed and chose, as an expression over the word index. Every word has to occur, one with `-` in front must not;
 * text in quotes is a phrase; the last word may be unfinished unless a space follows it. Whatever is typed is quoted, so
 * no operator of FTS5 can be typed and no text is a syntax error.
 */
export function matchExpression(query: Narrowed): Match {
  const { present, absent } = textTerms(query.text);
  if (present.length === 0 && absent.length === 0 && query.text.trim() !== '') return { kind: 'nothing' };
  const parts: string[] = [];
  if (present.length > 0) parts.push(`{summary data} : (${present.join(' AND ')})`);
  if (query.kinds.length > 0) parts.push(anyTag(query.kinds.map(kindTag)));
  if (query.backendId !== null) parts.push(anyTag([backendTag(query.backendId)]));
  if (query.leastSeverity !== null) parts.push(anyTag(severitiesFrom(query.leastSeverity).map(severityTag)));
  const symbol = plainSymbol(query.symbol);
  if (symbol !== '') parts.push(`tags : ${quote(symbolTag(symbol))} *`);
  if (absent.length === 0)
    return parts.length === 0 ? { kind: 'everything' } : { kind: 'words', expression: parts.join(' AND ') };
  // Absence alone is no expression of FTS5: it is taken from what is of any kind.
  const from = parts.length === 0 ? anyTag(journalKind.options.map(kindTag)) : `(${parts.join(' AND ')})`;
  return { kind: 'words', expression: `${from} NOT {summary data} : (${absent.join(' OR ')})` };
}

/** The words that an entry is filed under, besides its text. `data` is its record as stored. */
export function entryTags(kind: string, backendId: string | null, data: string): string {
  const { severity, symbol } = facetsOf(kind, data);
  const tags = [kindTag(kind)];
  if (backendId !== null) tags.push(backendTag(backendId));
  if (severity !== null) tags.push(severityTag(severity));
  const plain = plainSymbol(symbol ?? '');
  if (plain !== '') tags.push(symbolTag(plain));
  return tags.join(' ');
}

const anyTag = (tags: readonly string[]): string => `tags : (${tags.map(quote).join(' OR ')})`;

const severitiesFrom = (least: Severity): readonly Severity[] =>
  severity.options.slice(severity.options.indexOf(least));

/** One token whatever the tokenizer does with punctuation: letters and digits only, and never two names alike. */
const kindTag = (kind: string): string => `k${hex(kind)}`;
const backendTag = (backendId: string): string => `b${hex(backendId)}`;
const severityTag = (grade: Severity): string => `v${hex(grade)}`;
const symbolTag = (plain: string): string => `s${hex(plain)}`;
const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

/** "BTC-USD", "btc/usd" and "BTCUSD" are one. */
const plainSymbol = (symbol: string): string => symbol.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Quotation marks as keyboards and word processors of other languages set them. */
const OTHER_QUOTES = /[“”„‟«»]/g;

function textTerms(text: string): { present: string[]; absent: string[] } {
  const present: string[] = [];
  const absent: string[] = [];
  for (const piece of text.replaceAll(OTHER_QUOTES, '"').matchAll(/(-?)"([^"]*)"|([^\s"]+)/g)) {
    const [whole, minus, phrase, word = ''] = piece;
    // A number with its sign is a number.
    const isAbsent = minus === '-' || /^-\p{L}/u.test(word);
    const term = phrase ?? (isAbsent ? word.slice(1) : word);
    if (!hasWord(term)) continue;
    const isLast = piece.index + whole.length === text.length;
    const unfinished = !isAbsent && phrase === undefined && isLast && /[\p{L}\p{N}]{2}$/u.test(term);
    (isAbsent ? absent : present).push(unfinished ? `${quote(term)} *` : quote(term));
  }
  return { present, absent };
}

/** unicode61 makes tokens of letters, digits and private-use characters; a term without any matches nothing. */
const hasWord = (term: string): boolean => /[\p{L}\p{N}\p{Co}]/u.test(term);

/** FTS5 ends its input at a NUL, which would cut the quote open. */
const quote = (term: string): string => `"${term.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
