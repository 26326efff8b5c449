import { describe, expect, it } from 'vitest';

import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';

import { contextOf, inTurns } from './context.ts';

const turn = (role: ChatTurn['role'], content: string): ChatTurn => ({
  id: content.slice(0, 20),
  parentId: null,
  role,
  content,
  atMs: 0,
  end: 'complete',
  trouble: null,
  by: '',
  citations: [],
  proposals: [],
  usage: null,
});

describe('what is sent along with a question', () => {
  it('is the question, and before it what fits: a long answer by its beginning, nothing from before it', () => {
    const answer = `The plan: ${'step '.repeat(40_000)}`;
    const context = contextOf([
      turn('user', 'first'),
      turn('assistant', 'one'),
      turn('user', 'second'),
      turn('assistant', answer),
      turn('user', 'Shorten that'),
    ]);
    expect(context.map(({ role }) => role)).toEqual(['assistant', 'user']);
    expect(context[0]?.content.startsWith('The plan: step')).toBe(true);
    expect(context.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThanOrEqual(60_000);
  });

  it('is the whole question, however long', () => {
    const question = 'x'.repeat(100_000);
    expect(contextOf([turn('user', 'before'), turn('user', question)])).toEqual([turn('user', question)]);
  });

  it('takes turns, the person first', () => {
    const said = [turn('assistant', 'an end'), turn('user', 'a'), turn('user', 'b'), turn('assistant', 'c')];
    expect(inTurns(said)).toEqual([
      { role: 'user', content: '…' },
      { role: 'assistant', content: 'an end' },
      { role: 'user', content: 'a\n\nb' },
      { role: 'assistant', content: 'c' },
    ]);
  });
});
