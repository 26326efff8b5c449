import type { MarkedToken, Token } from 'marked';
import { Lexer } from 'marked';

export type { MarkedToken, Token };

/** A part of a text that is drawn by itself. The same object as long as nothing in it changes. */
export interface MarkdownBlock {
  /** Where it begins in the text, which it keeps. */
  readonly at: number;
  readonly token: MarkedToken;
}

/** Longer open blocks are cut where their next line begins, so that no piece costs more than this to read again. */
const MOST_OPEN = 8_000;
const MOST_OPEN_TABLE = 24_000;
const OPTIONS = { gfm: true, breaks: false, async: false } as const;

export interface MarkdownReader {
  /** The blocks of the text. One that begins as the text before it keeps the blocks that were closed. */
  read(text: string): readonly MarkdownBlock[];
  /** How many characters were read since it was made, those that were read again included. */
  charactersRead(): number;
}

/**
 * Reads markdown that grows. A block is closed once another one follows it: it is then read no more, and only the open end is.
 * Never throws: what cannot be read is a paragraph as it stands.
 */
export function createMarkdownReader(): MarkdownReader {
  let known = '';
  let closed: MarkdownBlock[] = [];
  let openFrom = 0;
  let characters = 0;
  /** The head of a table that goes on in the open end after it was cut. */
  let tableHead = '';

  function reset(): void {
    known = '';
    closed = [];
    openFrom = 0;
    tableHead = '';
  }

  function close(token: MarkedToken, length: number): void {
    closed.push({ at: openFrom, token });
    openFrom += length;
  }

  return {
    charactersRead: () => characters,
    read(text) {
      if (!text.startsWith(known)) reset();
      known = text;
      for (;;) {
        const tail = tableHead + text.slice(openFrom);
        characters += tail.length;
        const tokens = lex(tail);
        const head = tableHead.length;
        const lastAt = tokens.findLastIndex(({ type }) => type !== 'space');
        tokens.forEach((token, index) => {
          if (index >= lastAt) return;
          const length = token.raw.length - (index === 0 ? head : 0);
          if (index === 0) tableHead = '';
          if (token.type === 'space') openFrom += length;
          else close(token, length);
        });
        const last = tokens[lastAt];
        if (last === undefined) return closed;
        const cut = cutOf(last);
        if (cut === null) return [...closed, { at: openFrom, token: last }];
        // Reading goes on behind the cut; the rest is shorter by at least half of what an open end may hold.
        const [front] = lex(last.raw.slice(0, cut));
        if (front === undefined) return [...closed, { at: openFrom, token: last }];
        const length = cut - (lastAt === 0 ? head : 0);
        tableHead = last.type === 'table' ? headOf(last.raw) : '';
        close(front, length);
      }
    },
  };
}

/**
 * Lists and quotes that are nested this far are text from there on: reading them deeper costs more with each level, up to minutes.
 * One blank becomes one that does not nest, so that all stays where it is.
 */
const TOO_DEEP = /^([ \t>*+\-\d.)]{56,64})[ \t>](?=[ \t]*[>*+\-\d])/gm;

function lex(text: string): MarkedToken[] {
  try {
    return Lexer.lex(text.replace(TOO_DEEP, '$1\u00a0'), OPTIONS) as MarkedToken[];
  } catch {
    // Nested deeper than can be read.
    return [{ type: 'text', raw: text, text }];
  }
}

/** Where an open block that has grown long can be cut: before a line that would be read alike without what stands before it. */
function cutOf(token: MarkedToken): number | null {
  const { raw } = token;
  if (raw.length <= (token.type === 'table' ? MOST_OPEN_TABLE : MOST_OPEN)) return null;
  switch (token.type) {
    case 'paragraph':
    case 'text':
      return lineBefore(raw, raw.length - 1_000);
    case 'table': {
      const cut = lineBefore(raw, raw.length - 1_000);
      return cut !== null && cut > headOf(raw).length ? cut : null;
    }
    case 'list': {
      // The last items stay open: a line may still belong to them.
      const kept = token.items.slice(-2).reduce((sum, item) => sum + item.raw.length, 0);
      const cut = raw.length - kept;
      return token.items.length > 2 && cut > 0 ? cut : null;
    }
    default:
      return null;
  }
}

function lineBefore(raw: string, before: number): number | null {
  const at = raw.lastIndexOf('\n', before);
  return at <= 0 ? null : at + 1;
}

/** The first two lines of a table. */
const headOf = (raw: string): string => /^[^\n]*\n[^\n]*\n/.exec(raw)?.[0] ?? '';
