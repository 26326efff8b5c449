import { describe, expect, it } from 'vitest';

import { parseInline } from './markdown-inline.ts';
import { parseMarkdown, splitPieces } from './markdown-parse.ts';

const text = (value: string) => ({ kind: 'text', text: value });

describe('markdown of an answer', () => {
  it('reads bold, italics, code and strike', () => {
    expect(parseInline('**sell** *a bit* of `XRP` ~~now~~')).toEqual([
      { kind: 'bold', children: [text('sell')] },
      text(' '),
      { kind: 'italic', children: [text('a bit')] },
      text(' of '),
      { kind: 'code', text: 'XRP' },
      text(' '),
      { kind: 'strike', children: [text('now')] },
    ]);
  });

  it('leaves unclosed markers, products and snake_case as they were written', () => {
    expect(parseInline('2 * 3 * 4')).toEqual([text('2 * 3 * 4')]);
    expect(parseInline('max_daily_loss')).toEqual([text('max_daily_loss')]);
    expect(parseInline('**half')).toEqual([text('**half')]);
    expect(parseInline('a ` b')).toEqual([text('a ` b')]);
  });

  it('S8 keeps HTML as text and gives a link as label and address, nothing to click', () => {
    expect(parseInline('<img src=x onerror=alert(1)>')).toEqual([text('<img src=x onerror=alert(1)>')]);
    expect(parseInline('[here](javascript:alert(1))')).not.toContainEqual(
      expect.objectContaining({ kind: 'html' }),
    );
    expect(parseInline('[docs](https://example.test/a)')).toEqual([
      { kind: 'link', label: 'docs', address: 'https://example.test/a' },
    ]);
  });

  it('reads headings, lists with nested lists, quotes, rules, tables and code', () => {
    const blocks = parseMarkdown(
      '# Title\ntext\n- one\n  - inner\n- two\n\n> said\n\n---\n|a|b|\n|--|--|\n|1|2|\n\n```ts\nconst a = 1;\n\n// b\n```',
    );
    expect(blocks.map(({ kind }) => kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'quote',
      'rule',
      'table',
      'code',
    ]);
    const list = blocks[2];
    expect(list?.kind === 'list' && list.items.map((item) => item.children.length)).toEqual([1, 0]);
    expect(blocks[6]).toEqual({ kind: 'code', language: 'ts', text: 'const a = 1;\n\n// b' });
  });

  it('shows code that breaks off as code', () => {
    expect(parseMarkdown('```\nlet a')).toEqual([{ kind: 'code', language: '', text: 'let a' }]);
  });

  it('cuts at blank lines outside code, so that earlier pieces never change while text arrives', () => {
    const whole = 'one\n\ntwo\n\n```\na\n\nb\n```\nthree\n\nfour';
    expect(splitPieces(whole)).toEqual(['one', 'two', '```\na\n\nb\n```', 'three', 'four']);
    for (let end = 1; end <= whole.length; end += 1) {
      const settled = splitPieces(whole.slice(0, end)).slice(0, -1);
      expect(splitPieces(whole).slice(0, settled.length)).toEqual(settled);
    }
  });

  it('does not choke on hostile input', () => {
    const hostile = [
      '*'.repeat(20_000),
      '`'.repeat(20_000),
      '[('.repeat(10_000),
      '> '.repeat(5_000),
      '**a '.repeat(10_000),
    ];
    for (const sample of hostile) expect(parseMarkdown(sample).length).toBeGreaterThan(0);
    expect(parseMarkdown('- '.repeat(2_000)).length).toBeGreaterThan(0);
  });
});
