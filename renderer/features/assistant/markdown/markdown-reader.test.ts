import { describe, expect, it } from 'vitest';

import { createMarkdownReader } from './markdown-reader.ts';

/** Reads a text as it arrives, some letters at a time. */
function grow(text: string, step: number) {
  const reader = createMarkdownReader();
  let before: readonly { at: number; token: object }[] = [];
  let redrawn = 0;
  let frames = 0;
  for (let end = step; end < text.length + step; end += step) {
    const blocks = reader.read(text.slice(0, end));
    const known = new Map(before.map(({ at, token }) => [at, token]));
    redrawn += blocks.filter(({ at, token }) => known.get(at) !== token).length;
    before = blocks;
    frames += 1;
  }
  return { blocks: before, redrawn, frames, read: reader.charactersRead() };
}

/** How many tokens stand in each other. */
function depthOf(token: object): number {
  const inner = ['tokens', 'items'].flatMap((name) => (Reflect.get(token, name) ?? []) as object[]);
  return 1 + Math.max(0, ...inner.map(depthOf));
}

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const LONG: [string, string][] = [
  ['3,000 paragraphs', lines(3_000, (index) => `Line **${index}** of the answer, with \`code\`.\n`)],
  ['a list of 3,000', lines(3_000, (index) => `- item ${index} of the list, which is a line`)],
  ['a numbered list of 3,000', lines(3_000, (index) => `${index + 1}. item of the list, which is a line`)],
  ['a paragraph of 3,000 lines', lines(3_000, (index) => `line ${index} that has no blank line behind it`)],
  [
    'a table of 3,000 rows',
    `| a | b |\n|---|---|\n${lines(3_000, (index) => `| row ${index} | ${index * 2} |`)}`,
  ],
];

describe('markdown that grows', () => {
  it.each(LONG)('%s: a closed block is read and drawn once, whatever the length', (_name, text) => {
    const step = 60;
    const { frames, read, redrawn } = grow(text, step);
    // Each frame reads the open end, which is bounded, and draws that one again and what it closed.
    expect(read / frames).toBeLessThan(30_000);
    expect(redrawn / frames).toBeLessThan(4);
  });

  it.each(LONG)('%s: nothing of it is lost or said twice', (_name, text) => {
    const { blocks } = grow(text, 997);
    const joined = JSON.stringify(blocks.map(({ token }) => token));
    for (const index of [0, 1, 7, 1_499, 2_998, 2_999]) {
      const word = text.includes('item of')
        ? null
        : new RegExp(`(?:\\*\\*|item |line |row )${index}\\b`, 'g');
      if (word !== null) expect(joined.match(word)?.length ?? 0).toBeGreaterThan(0);
    }
    const membersOf = (name: string): number =>
      blocks.reduce((sum, { token }) => {
        const members: unknown = Reflect.get(token, name);
        return sum + (Array.isArray(members) ? members.length : 0);
      }, 0);
    if (text.includes('item')) expect(membersOf('items')).toBe(3_000);
    if (text.includes('row')) expect(membersOf('rows')).toBe(3_000);
  });

  it('reads the same in one go and piece by piece', () => {
    const text = [
      '# Title',
      'A *paragraph* with [a link](https://example.com).',
      '- one\n- two\n\n  still two\n- three',
      '```ts\nconst a = 1;\n\nconst b = 2;\n```',
      '> quoted\n> more',
      '| a | b |\n|---|--:|\n| 1 | 2 |',
      '1. one\n2. two',
      '---',
      'The end.',
    ].join('\n\n');
    const whole = createMarkdownReader().read(text);
    for (const step of [1, 3, 10, 50]) {
      const { blocks } = grow(text, step);
      expect(blocks.map(({ at, token }) => [at, token])).toEqual(whole.map(({ at, token }) => [at, token]));
    }
  });

  it('a text that is another one is read anew', () => {
    const reader = createMarkdownReader();
    reader.read('one\n\ntwo\n\nthree');
    expect(reader.read('four').map(({ token }) => token.raw)).toEqual(['four']);
  });

  it.each([
    ['a list', Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level * 2)}- a`).join('\n')],
    ['a list in one line', `${'- '.repeat(1_000)}a`],
    ['quotes', `${'>'.repeat(1_000)} a`],
    ['quotes and lists in turns', `${'> - '.repeat(500)}a`],
    ['a numbered list', Array.from({ length: 600 }, (_, level) => `${' '.repeat(level * 3)}1. a`).join('\n')],
  ])('S2 %s of 1,000 levels is read to a bounded depth, and all of it is there', (_name, text) => {
    const blocks = createMarkdownReader().read(text);
    expect(Math.max(...blocks.map(({ token }) => depthOf(token)))).toBeLessThan(120);
    expect(blocks.reduce((sum, { token }) => sum + token.raw.length, 0)).toBeGreaterThan(text.length - 10);
  });

  it.each([
    ['quotes without end', '>'.repeat(20_000)],
    [
      'lists without end',
      Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n'),
    ],
    ['brackets', '['.repeat(20_000)],
    ['stars', '*a '.repeat(10_000)],
    ['backticks', '`'.repeat(20_000)],
    ['an open fence', '```\n' + 'x\n'.repeat(20_000)],
    ['HTML', '<img src=x onerror=alert(1)>\n'.repeat(1_000)],
  ])('S2 hostile text does not throw: %s', (_name, text) => {
    expect(createMarkdownReader().read(text).length).toBeGreaterThan(0);
  });
});
