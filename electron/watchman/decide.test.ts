import { describe, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import type { MeasuredLimit, Situation, WatchAct, WatchMemory } from './decide.ts';
import { armAgain, BLIND_FOR_MS, decide } from './decide.ts';

const NOW_MS = 1_800_000_000_000;
const EMPTY: WatchMemory = { practice: false, limits: {}, blind: {} };

const measured = (value: string | null, given: Partial<MeasuredLimit> = {}): MeasuredLimit => ({
  id: 'day-loss-usd',
  kind: 'day-loss-usd',
  backendId: null,
  limit: '2000',
  terms: '2000',
  value,
  blind: value === null ? 'Main bot is stale.' : null,
  partly: null,
  sentence: value === null ? '' : `loss ${value}`,
  ...given,
});

/** One look after the other; each is a value of the one limit, or a whole situation. */
function looks(
  values: (string | null | Partial<Situation>)[],
  from: WatchMemory = EMPTY,
  stepMs = 5_000,
): { acts: string[][]; memory: WatchMemory; last: WatchAct[] } {
  let memory = from;
  let last: WatchAct[] = [];
  const acts = values.map((value, index) => {
    const given = value === null || typeof value === 'string' ? { measured: [measured(value)] } : value;
    const result = decide(NOW_MS + index * stepMs, memory, {
      practice: false,
      panicLatched: false,
      measured: [],
      ...given,
    });
    memory = result.memory;
    last = result.acts;
    return result.acts.map(({ kind }) => kind);
  });
  return { acts, memory, last };
}
const halted = (value: string): Partial<Situation> => ({ panicLatched: true, measured: [measured(value)] });

describe('a limit that presses PANIC', () => {
  const table: [name: string, values: (string | null | Partial<Situation>)[], acts: string[][]][] = [
    ['well within bounds does nothing', ['0', '1599.99'], [[], []]],
    ['warns once on the way', ['0', '1600', '1700', '1999.99'], [[], ['warn'], [], []]],
    ['sways about the warning and warns once', ['0', '1600', '1450', '1650'], [[], ['warn'], [], []]],
    ['warns anew after it was calm', ['0', '1600', '1399', '1600'], [[], ['warn'], [], ['warn']]],
    ['presses at the limit', ['0', '2000'], [[], ['press']]],
    ['presses beyond it without a warning before', ['0', '9000'], [[], ['press']]],
    ['presses once a crossing', ['0', '2100', '2500', '2100', '1900'], [[], ['press'], [], [], []]],
    [
      'is latched until it is below the warning, and then presses again',
      ['0', '2100', '1600', '2100', '1599', '2100'],
      [[], ['press'], [], [], ['armed-again'], ['press']],
    ],
    ['without a figure does nothing', ['0', null, null, '100'], [[], [], [], []]],
    ['without a figure keeps its latch', ['0', '2100', null, '2100'], [[], ['press'], [], []]],
    ['past its bound when it was set is told and not pressed', ['2500', '2600'], [['not-pressed'], []]],
    [
      'past its bound when it was set presses at a later crossing',
      ['2500', '100', '2500'],
      [['not-pressed'], ['armed-again'], ['press']],
    ],
    ['crossed while PANIC is on presses nothing more', ['0', halted('2500')], [[], ['not-pressed']]],
    [
      'crossed while PANIC was on is not pressed after the resume either',
      ['0', halted('2500'), '2500', '2600'],
      [[], ['not-pressed'], [], []],
    ],
    [
      'is not pressed again by a resume while it is past its bound',
      ['0', '2100', halted('2100'), '2100', '2400'],
      [[], ['press'], [], [], []],
    ],
  ];
  it.each(table)('%s', (_, values, acts) => {
    expect(looks(values).acts).toEqual(acts);
  });

  it('says which limit pressed, with its figures', () => {
    const sentence = 'loss of the day $2,140, limit $2,000';
    const { last } = looks([{ measured: [measured('0')] }, { measured: [measured('2140', { sentence })] }]);
    expect(last).toEqual([
      { kind: 'press', ids: ['day-loss-usd'], words: `PANIC pressed by your limit: ${sentence}.` },
    ]);
  });

  it('is one press with the words of both where two are crossed together', () => {
    const both = (one: string, other: string): Partial<Situation> => ({
      measured: [measured(one), measured(other, { id: 'day-loss-pct', kind: 'day-loss-pct' })],
    });
    const { last } = looks([both('0', '0'), both('2000', '2001')]);
    expect(last).toEqual([
      {
        kind: 'press',
        ids: ['day-loss-usd', 'day-loss-pct'],
        words: 'PANIC pressed by 2 of your limits: loss 2000; loss 2001.',
      },
    ]);
  });

  it('presses after a restart for a loss that was made while the desk was closed', () => {
    const { memory } = looks(['0']);
    const kept = JSON.parse(JSON.stringify(memory)) as WatchMemory;
    expect(looks(['2500'], kept).acts).toEqual([['press']]);
  });

  it('stays latched over a restart', () => {
    const { memory } = looks(['0', '2500']);
    const kept = JSON.parse(JSON.stringify(memory)) as WatchMemory;
    expect(looks(['2600'], kept).acts).toEqual([[]]);
  });

  it('presses again once a person armed it while it is past its bound, and not before', () => {
    const { memory } = looks(['0', '2500', '2500']);
    expect(looks(['2500'], armAgain(memory, ['another'])).acts).toEqual([[]]);
    expect(looks(['2500'], armAgain(memory, ['day-loss-usd'])).acts).toEqual([['press']]);
  });

  it('changed to another bound is another limit: past that bound it is told and not pressed', () => {
    const { memory } = looks(['1000']);
    const lower = { measured: [measured('1000', { limit: '500', terms: '500' })] };
    expect(looks([lower], memory).acts).toEqual([['not-pressed']]);
  });

  it('of practice says nothing of real money: what was latched there is not latched here', () => {
    const practice = (value: string): Partial<Situation> => ({ practice: true, measured: [measured(value)] });
    const { memory, last } = looks([practice('0'), practice('2500')]);
    expect(last[0]?.words).toContain('(practice)');
    expect(looks(['0', '2500'], memory).acts).toEqual([[], ['press']]);
  });

  it('switched off and on again is a new one', () => {
    const { memory } = looks(['0', '2500', { measured: [] }]);
    expect(memory.limits).toEqual({});
  });

  it('that cannot be watched says so once it has lasted, and again the next time', () => {
    const minutes = BLIND_FOR_MS / MINUTE_MS;
    const blind = Array.from({ length: minutes + 3 }, () => null);
    const { acts } = looks(['0', ...blind, '0', ...blind], EMPTY, MINUTE_MS);
    const told = acts.flatMap((kinds, index) => (kinds.includes('blind') ? [index] : []));
    expect(told).toEqual([1 + minutes, 1 + (minutes + 3) + 1 + minutes]);
  });
});
