import type { Inline } from './markdown-inline.ts';
import { parseInline } from './markdown-inline.ts';

interface ListItem {
  content: Inline[];
  children: Block[];
}

export type Block =
  | { kind: 'paragraph'; content: Inline[] }
  | { kind: 'heading'; level: number; content: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'list'; ordered: boolean; start: number; items: ListItem[] }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };

/** Deeper nesting than this is read as plain text, so that hostile input cannot exhaust the stack. */
const MAX_DEPTH = 6;
const MAX_TABLE_COLUMNS = 24;

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}>\s?(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/**
 * Cuts a text into pieces that can be parsed on their own: at blank lines outside fenced code. While an answer streams
 * in only the last piece changes, so that all earlier ones keep what was drawn for them.
 */
export function splitPieces(text: string): string[] {
  const pieces: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  const flush = (): void => {
    if (current.length > 0) pieces.push(current.join('\n'));
    current = [];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (fence !== null) {
      current.push(line);
      if (closesFence(line, fence)) {
        fence = null;
        flush();
      }
      continue;
    }
    const opening = FENCE.exec(line);
    if (opening) {
      flush();
      fence = opening[1] ?? null;
      current.push(line);
    } else if (line.trim() === '') {
      flush();
    } else {
      current.push(line);
    }
  }
  flush();
  return pieces;
}

/** Reads the markdown that language models write. Never throws, takes time in proportion to the text. */
export function parseMarkdown(text: string, depth = 0): Block[] {
  const lines = text.split(/\r\n|\r|\n/);
  const blocks: Block[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    const heading = HEADING.exec(line);
    const fence = FENCE.exec(line);
    if (line.trim() === '') {
      index += 1;
    } else if (fence) {
      const end = findFenceEnd(lines, index + 1, fence[1] ?? '```');
      blocks.push({ kind: 'code', language: fence[2] ?? '', text: lines.slice(index + 1, end).join('\n') });
      index = end + 1;
    } else if (heading) {
      blocks.push({
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        content: parseInline(heading[2] ?? ''),
      });
      index += 1;
    } else if (RULE.test(line)) {
      blocks.push({ kind: 'rule' });
      index += 1;
    } else if (QUOTE.test(line) && depth < MAX_DEPTH) {
      const end = findEnd(lines, index, (candidate) => QUOTE.test(candidate));
      const inner = lines.slice(index, end).map((quoted) => QUOTE.exec(quoted)?.[1] ?? '');
      blocks.push({ kind: 'quote', children: parseMarkdown(inner.join('\n'), depth + 1) });
      index = end;
    } else if (ITEM.test(line) && depth < MAX_DEPTH) {
      const end = findListEnd(lines, index);
      blocks.push(parseList(lines.slice(index, end), depth));
      index = end;
    } else if (line.includes('|') && TABLE_RULE.test(lines[index + 1] ?? '')) {
      const end = findEnd(lines, index + 2, (candidate) => candidate.includes('|'));
      blocks.push({
        kind: 'table',
        head: tableCells(line),
        rows: lines.slice(index + 2, end).map(tableCells),
      });
      index = end;
    } else {
      const end = Math.max(
        index + 1,
        findEnd(lines, index, (candidate) => !startsBlock(candidate)),
      );
      blocks.push({ kind: 'paragraph', content: parseInline(lines.slice(index, end).join('\n')) });
      index = end;
    }
  }
  return blocks;
}

const startsBlock = (line: string): boolean =>
  line.trim() === '' ||
  FENCE.test(line) ||
  HEADING.test(line) ||
  RULE.test(line) ||
  ITEM.test(line) ||
  QUOTE.test(line);

function closesFence(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === (fence[0] ?? '`').repeat(trimmed.length);
}

/** The line that closes a fence, or one past the last line: an answer that breaks off inside code is still code. */
function findFenceEnd(lines: readonly string[], from: number, fence: string): number {
  for (let index = from; index < lines.length; index += 1) {
    if (closesFence(lines[index] ?? '', fence)) return index;
  }
  return lines.length;
}

function findEnd(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let index = from;
  while (index < lines.length && belongs(lines[index] ?? '')) index += 1;
  return index;
}

/** A list goes on through items and indented lines, and over one blank line when an item or indented line follows. */
function findListEnd(lines: readonly string[], from: number): number {
  const continues = (line: string): boolean => ITEM.test(line) || /^\s{2,}\S/.test(line);
  let index = from;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    if (line.trim() === '' ? continues(lines[index + 1] ?? '') : continues(line)) index += 1;
    else break;
  }
  return index;
}

function parseList(lines: readonly string[], depth: number): Block {
  const first = ITEM.exec(lines[0] ?? '');
  const indent = first?.[1]?.length ?? 0;
  const marker = first?.[2] ?? '-';
  const items: ListItem[] = [];
  let head = '';
  let nested: string[] = [];
  const flush = (): void => {
    const depthIndent = Math.min(
      ...nested.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)),
    );
    const inner = nested.map((line) => line.slice(Number.isFinite(depthIndent) ? depthIndent : 0)).join('\n');
    items.push({
      content: parseInline(head),
      children: inner.trim() === '' ? [] : parseMarkdown(inner, depth + 1),
    });
  };
  lines.forEach((line, index) => {
    const item = ITEM.exec(line);
    if (item && (item[1]?.length ?? 0) <= indent + 1) {
      if (index > 0) flush();
      head = item[3] ?? '';
      nested = [];
    } else {
      nested.push(line);
    }
  });
  flush();
  const ordered = /\d/.test(marker);
  return { kind: 'list', ordered, start: ordered ? Number.parseInt(marker, 10) : 1, items };
}

function tableCells(line: string): Inline[][] {
  const trimmed = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return trimmed.split('|', MAX_TABLE_COLUMNS).map((cell) => parseInline(cell.trim()));
}
