/** A piece of running text. Markdown that is not understood stays as the text that it is. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'link'; label: string; address: string };

/** Deeper nesting than this is read as plain text, so that hostile input cannot exhaust the stack. */
const MAX_DEPTH = 6;

const PAIRS = [
  { marker: '**', kind: 'bold' },
  { marker: '__', kind: 'bold' },
  { marker: '~~', kind: 'strike' },
  { marker: '*', kind: 'italic' },
  { marker: '_', kind: 'italic' },
] as const;
const LINK = /!?\[([^\]\n]{0,500})\]\(([^()\s]{1,2000})(?:\s+"[^"\n]{0,200}")?\)/y;

/** Reads emphasis, code and links inside one paragraph. */
export function parseInline(text: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  const hopeless = new Set<string>();
  let plain = '';
  let at = 0;
  const pushPlain = (): void => {
    if (plain !== '') out.push({ kind: 'text', text: plain });
    plain = '';
  };
  const push = (inline: Inline, end: number): void => {
    pushPlain();
    out.push(inline);
    at = end;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (char === '\\' && /[\\`*_~[\]()#+\-.!|>]/.test(next)) {
      plain += next;
      at += 2;
      continue;
    }
    if (char === '`') {
      const ticks = /`+/y;
      ticks.lastIndex = at;
      const run = ticks.exec(text)?.[0] ?? '`';
      const end = hopeless.has(run) ? -1 : findRun(text, run, at + run.length);
      if (end >= 0) {
        push(
          { kind: 'code', text: text.slice(at + run.length, end).replace(/^ (.+) $/s, '$1') },
          end + run.length,
        );
      } else {
        hopeless.add(run);
        plain += run;
        at += run.length;
      }
      continue;
    }
    if (char === '[' || (char === '!' && next === '[')) {
      LINK.lastIndex = at;
      const link = LINK.exec(text);
      if (link) {
        push({ kind: 'link', label: link[1] ?? '', address: link[2] ?? '' }, LINK.lastIndex);
        continue;
      }
    }
    const pair = depth < MAX_DEPTH ? PAIRS.find(({ marker }) => text.startsWith(marker, at)) : undefined;
    if (pair) {
      const inner = at + pair.marker.length;
      const end =
        hopeless.has(pair.marker) || !opens(text, at, pair.marker)
          ? -1
          : findCloser(text, pair.marker, inner);
      if (end > inner) {
        push(
          { kind: pair.kind, children: parseInline(text.slice(inner, end), depth + 1) },
          end + pair.marker.length,
        );
      } else {
        if (end < 0 && opens(text, at, pair.marker)) hopeless.add(pair.marker);
        plain += pair.marker;
        at = inner;
      }
      continue;
    }
    plain += char;
    at += 1;
  }
  pushPlain();
  return out;
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/** Emphasis opens before a non-space; underscores do not open inside a word (`snake_case`). */
function opens(text: string, at: number, marker: string): boolean {
  const next = text[at + marker.length];
  if (next === undefined || /\s/.test(next)) return false;
  return !(marker.startsWith('_') && isWord(text[at - 1]));
}

function findCloser(text: string, marker: string, from: number): number {
  let at = text.indexOf(marker, from);
  while (at >= 0) {
    const closes =
      !/\s/.test(text[at - 1] ?? ' ') && !(marker.startsWith('_') && isWord(text[at + marker.length]));
    const partOfLonger = marker.length === 1 && (text[at + 1] === marker || text[at - 1] === marker);
    if (closes && !partOfLonger) return at;
    at = text.indexOf(marker, at + (partOfLonger ? 2 : marker.length));
  }
  return -1;
}

/** The next run of exactly these backticks. */
function findRun(text: string, run: string, from: number): number {
  let at = text.indexOf(run, from);
  while (at >= 0) {
    if (text[at + run.length] !== '`' && text[at - 1] !== '`') return at;
    at += 1;
    while (text[at] === '`') at += 1;
    at = text.indexOf(run, at);
  }
  return -1;
}
