import { describe, expect, it } from 'vitest';

import type { Turn } from './turns.ts';
import { contextOf, toMarkdown, withoutLastAnswer } from './turns.ts';

const turn = (id: string, role: Turn['role'], content: string, change: Partial<Turn> = {}): Turn => ({
  id,
  role,
  content,
  atMs: 0,
  end: 'complete',
  trouble: null,
  ...change,
});

describe('conversation', () => {
  it('sends the newest messages that fit, and the question even when it is too long by itself', () => {
    const turns = Array.from({ length: 100 }, (_, index) => turn(`${index}`, 'user', 'x'));
    expect(contextOf(turns).map(({ id }) => id)).toEqual(
      Array.from({ length: 40 }, (_, index) => `${index + 60}`),
    );
    expect(
      contextOf([turn('a', 'user', 'x'), turn('b', 'user', 'é'.repeat(50_000))]).map(({ id }) => id),
    ).toEqual(['b']);
  });

  it('does not send answers of which nothing arrived, nor what only the window knows', () => {
    expect(
      contextOf([turn('a', 'assistant', '', { end: 'failed', trouble: 'no' }), turn('b', 'user', 'hello')]),
    ).toEqual([{ id: 'b', role: 'user', content: 'hello', atMs: 0 }]);
  });

  it('a retry asks the same question again without the failed answer', () => {
    const turns = [
      turn('a', 'user', '1'),
      turn('b', 'assistant', '2'),
      turn('c', 'user', '3'),
      turn('d', 'assistant', '4'),
    ];
    expect(withoutLastAnswer(turns).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('an export marks what is incomplete', () => {
    const text = toMarkdown(
      [turn('a', 'assistant', 'Half', { end: 'failed', trouble: 'The link broke.' })],
      'Ruler',
      0,
    );
    expect(text).toContain(
      '## Ruler, 1970-01-01 00:00:00 UTC\n\nHalf\n\n_This answer is incomplete: The link broke._',
    );
  });
});
