import { describe, expect, it } from 'vitest';

import type { JournalQuery } from '#shared/domain/journal/journal.ts';

import { everything } from '../testing/harness.ts';
import { entryTags, matchExpression } from './query.ts';

const of = (text: string): string => {
  const match = matchExpression(everything({ text }));
  return match.kind === 'words' ? match.expression : match.kind;
};
const narrowed = (query: Partial<JournalQuery>): string => {
  const match = matchExpression(everything(query));
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
    for (const text of ['“sell btc” now', '„sell btc“ now', '«sell btc» now'])
      expect(of(text)).toBe('{summary data} : ("sell btc" AND "now" *)');
    expect(of('a')).toBe('{summary data} : ("a")');
    expect(of('sell btc ')).toBe('{summary data} : ("sell" AND "btc")');
  });

  it('leaves out what has a word with a minus in front, but takes a number with its sign as one', () => {
    expect(of('sell -btc')).toBe('({summary data} : ("sell")) NOT {summary data} : ("btc")');
    expect(of('sell -"no fill" -eth')).toBe(
      '({summary data} : ("sell")) NOT {summary data} : ("no fill" OR "eth")',
    );
    expect(of('-btc')).toMatch(/^tags : \(.* OR .*\) NOT \{summary data\} : \("btc"\)$/);
    expect(of('-0.35')).toBe('{summary data} : ("-0.35" *)');
  });

  it('quotes whatever is typed, so that no operator can be', () => {
    expect(of('a OR b*')).toBe('{summary data} : ("a" AND "OR" AND "b*")');
    expect(of('x" OR tags:"y')).toBe('{summary data} : ("x" AND " OR tags:" AND "y")');
  });

  it('finds kinds and backends by words of their own that no text of an entry can imitate', () => {
    const expression = narrowed({ kinds: ['panic', 'command'], backendId: 'bot-1' });
    for (const tag of entryTags('panic', 'bot-1', '').split(' ')) expect(expression).toContain(`"${tag}"`);
    expect(entryTags('panic', 'bot-1', '')).toMatch(/^k[0-9a-f]+ b[0-9a-f]+$/);
    expect(entryTags('settings', null, '{}')).not.toContain(' ');
  });

  it('finds severities from the one asked for upwards, and symbols however they are written', () => {
    const tags = entryTags('alert', null, '{"severity":"high","instrument":"BTC/USD"}').split(' ');
    expect(tags).toHaveLength(3);
    expect(narrowed({ leastSeverity: 'medium' })).toContain(`"${tags[1]}"`);
    expect(narrowed({ leastSeverity: 'critical' })).not.toContain(`"${tags[1]}"`);
    expect(narrowed({ symbol: 'btc-usd' })).toBe(`tags : "${tags[2]}" *`);
    expect(narrowed({ symbol: '/-' })).toBe('everything');
  });
});
