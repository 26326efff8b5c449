import { describe, expect, it } from 'vitest';

import { entryTags, matchExpression } from './query.ts';

const of = (text: string): string => {
  const match = matchExpression({ text, kinds: [], backendId: null });
  return match.kind === 'words' ? match.expression : match.kind;
};

describe('the expression for a search', () => {
  it('is none where nothing narrows it, and nothing where the text holds no word', () => {
    expect(of('')).toBe('everything');
    expect(of('   ')).toBe('everything');
    expect(of('!? "" -')).toBe('nothing');
  });

  it('asks for every word, whole phrases, and the beginning of the last word', () => {
    expect(of('sell btc')).toBe('{summary data} : ("sell" AND "btc" *)');
    expect(of('"sell btc" now')).toBe('{summary data} : ("sell btc" AND "now" *)');
    expect(of('now "sell btc"')).toBe('{summary data} : ("now" AND "sell btc")');
    expect(of('a')).toBe('{summary data} : ("a")');
  });

  it('quotes whatever is typed, so that no operator can be', () => {
    expect(of('a OR b*')).toBe('{summary data} : ("a" AND "OR" AND "b*")');
    expect(of('x" OR tags:"y')).toBe('{summary data} : ("x" AND " OR tags:" AND "y")');
  });

  it('finds kinds and backends by words of their own that no text of an entry can imitate', () => {
    const match = matchExpression({ text: '', kinds: ['panic', 'command'], backendId: 'bot-1' });
    for (const tag of entryTags('panic', 'bot-1').split(' '))
      expect(match).toMatchObject({ expression: expect.stringContaining(`"${tag}"`) as string });
    expect(entryTags('panic', 'bot-1')).toMatch(/^k[0-9a-f]+ b[0-9a-f]+$/);
    expect(entryTags('kill-switch', null)).not.toContain(' ');
  });
});
