import type { JournalQuery } from '#shared/domain/journal.ts';

/** A search as FTS5 takes it. `everything`: nothing narrows it. `nothing`: text was given that holds no word. */
export type Match = { kind: 'everything' } | { kind: 'nothing' } | { kind: 'words'; expression: string };

/**
 * What a person typed and chose, as an expression over the word index. Every word has to occur; text in quotes is a phrase; the last word may be unfinished.
 * Whatever is typed is quoted, so no operator of FTS5 can be typed and no text is a syntax error.
 */
export function matchExpression(query: Pick<JournalQuery, 'text' | 'kinds' | 'backendId'>): Match {
  const parts: string[] = [];
  const text = query.text.trim();
  if (text !== '') {
    const words = textTerms(text);
    if (words.length === 0) return { kind: 'nothing' };
    parts.push(`{summary data} : (${words.join(' AND ')})`);
  }
  if (query.kinds.length > 0)
    parts.push(`tags : (${query.kinds.map((kind) => quote(kindTag(kind))).join(' OR ')})`);
  if (query.backendId !== null) parts.push(`tags : ${quote(backendTag(query.backendId))}`);
  return parts.length === 0 ? { kind: 'everything' } : { kind: 'words', expression: parts.join(' AND ') };
}

/** The words that an entry is filed under, besides its text. */
export const entryTags = (kind: string, backendId: string | null): string =>
  backendId === null ? kindTag(kind) : `${kindTag(kind)} ${backendTag(backendId)}`;

/** One token whatever the tokenizer does with punctuation: letters and digits only, and never two names alike. */
const kindTag = (kind: string): string => `k${hex(kind)}`;
const backendTag = (backendId: string): string => `b${hex(backendId)}`;
const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

function textTerms(text: string): string[] {
  const terms: string[] = [];
  const pieces = [...text.matchAll(/"([^"]*)"|([^\s"]+)/g)];
  pieces.forEach((piece, index) => {
    const phrase = piece[1];
    const term = phrase ?? piece[2] ?? '';
    if (!hasWord(term)) return;
    const unfinished = phrase === undefined && index === pieces.length - 1 && /[\p{L}\p{N}]{2}$/u.test(term);
    terms.push(unfinished ? `${quote(term)} *` : quote(term));
  });
  return terms;
}

/** unicode61 makes tokens of letters, digits and private-use characters; a term without any matches nothing. */
const hasWord = (term: string): boolean => /[\p{L}\p{N}\p{Co}]/u.test(term);

/** FTS5 ends its input at a NUL, which would cut the quote open. */
const quote = (term: string): string => `"${term.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
