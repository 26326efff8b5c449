import { describe, expect, it } from 'vitest';

import { judge, median, orderOf, steadyRounds } from './judge.ts';
import type { Gate, Measured, Round } from './row.ts';
import { tableOf } from './table.ts';

const GATE: Gate = { figure: 'cpu', unit: 'µs an event', against: 'floor', bound: { atMost: 2 } };
const FRAMES: Gate = { figure: 'fps', unit: 'frames a second', against: 'floor', bound: { atLeast: 0.9 } };

const round = (floor: number, ours: number, figure = 'cpu'): Round => ({
  floor: { [figure]: floor },
  ours: { [figure]: ours },
});
const measured = (rounds: readonly Round[], gate: Gate = GATE): Measured => ({
  title: 'A row',
  gates: [gate],
  labels: { floor: 'the least', ours: 'the desk' },
  rounds,
});
const only = (rounds: readonly Round[], gate: Gate = GATE) => judge(measured(rounds, gate))[0];

describe('the order of a round', () => {
  it('is reversed every other round and leaves out who does not take part', () => {
    expect(orderOf(['ours', 'limit', 'peer'], 0)).toEqual(['limit', 'ours', 'peer']);
    expect(orderOf(['ours', 'limit', 'peer'], 1)).toEqual(['peer', 'ours', 'limit']);
  });
});

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('of %s is %s', (values, expected) => expect(median(values)).toBe(expected));

  it('of nothing is no number', () => expect(median([])).toBeNaN());
});

describe('rounds that measured the machine', () => {
  it('are those whose floor took more than one and a half times the best', () => {
    expect(steadyRounds([round(10, 1), round(15, 2), round(15.1, 3)], GATE)).toEqual([
      round(10, 1),
      round(15, 2),
    ]);
  });

  it('are, of a figure of which more is better, those whose floor had less than the best by that much', () => {
    const rounds = [round(60, 58, 'fps'), round(40, 39, 'fps'), round(39, 20, 'fps')];
    expect(steadyRounds(rounds, FRAMES)).toEqual(rounds.slice(0, 2));
  });

  it('are told by what ours is held against, where there is no floor', () => {
    const gate: Gate = { ...GATE, against: 'limit' };
    const rounds: Round[] = [1, 1, 2].map((cpu) => ({ limit: { cpu }, ours: { cpu: 1 } }));
    expect(steadyRounds(rounds, gate)).toHaveLength(2);
  });

  it('are, of a figure that may be so much above, those whose floor was above the best by more than half of that', () => {
    const gate: Gate = { ...GATE, bound: { atMostAbove: 4 } };
    const rounds = [round(0.1, 1), round(2.1, 1), round(2.2, 1)];
    expect(steadyRounds(rounds, gate)).toEqual(rounds.slice(0, 2));
  });

  it('leave “too noisy” where fewer than three others are left, however good they are', () => {
    expect(only([round(10, 10), round(10, 10), round(16, 16)])?.verdict).toBe('too noisy');
    expect(only([round(10, 10), round(10, 10), round(10, 10)])?.verdict).toBe('met');
  });
});

describe('the verdict', () => {
  it('goes by the median of the ratios of each round, not by the ratio of the medians', () => {
    const result = only([round(10, 19), round(14, 29), round(12, 23)]);
    expect(result?.ratio).toBeCloseTo(23 / 12);
    expect(result?.verdict).toBe('met');
    expect(result?.medians).toEqual({ floor: 12, ours: 23 });
  });

  it('is “missed” past the bound, in either direction', () => {
    expect(only([round(10, 21), round(10, 21), round(10, 21)])?.verdict).toBe('missed');
    const slow = [60, 60, 60].map((floor) => round(floor, 50, 'fps'));
    expect(only(slow, FRAMES)?.verdict).toBe('missed');
  });

  it('holds the figure itself against the bound where it is held against nobody', () => {
    const gate: Gate = { ...GATE, against: null, bound: { atMost: 5 } };
    const rounds: Round[] = [4, 4, 4].map((cpu) => ({ ours: { cpu } }));
    expect(only(rounds, gate)).toMatchObject({ ratio: 4, verdict: 'met' });
  });

  it('goes by the difference where the bound is one', () => {
    const gate: Gate = { ...GATE, bound: { atMostAbove: 5 } };
    expect(only([round(10, 14), round(10, 15), round(12, 17)], gate)).toMatchObject({
      ratio: 5,
      verdict: 'met',
    });
    expect(only([round(10, 16), round(10, 16), round(12, 17)], gate)?.verdict).toBe('missed');
  });

  it('is no pass where nothing was measured', () => {
    const rounds: Round[] = [{ floor: { cpu: 1 } }, { floor: { cpu: 1 } }, { floor: { cpu: 1 } }];
    expect(only(rounds)?.verdict).toBe('too noisy');
  });

  it('is “reported” where there is no bound', () => {
    expect(only([round(1, 9)], { ...GATE, bound: null })?.verdict).toBe('reported');
  });
});

it('the table has how far ours is above, where that is the target', () => {
  const gate: Gate = { ...GATE, bound: { atMostAbove: 5 } };
  const rounds = [round(10, 13), round(10, 13), round(10, 13)];
  expect(tableOf(judge(measured(rounds, gate)))).toContain('| floor + 3 | at most floor + 5 | met |');
});

it('the table has ours beside the others, the target and the verdict', () => {
  const rounds = [round(10, 21), round(10, 21), round(10, 21)];
  expect(tableOf(judge(measured(rounds)))).toBe(
    [
      '| what | limit | floor | ours | peer | ratio | target | verdict |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      '| A row: µs an event |  | 10 | 21 |  | 2.1 x floor | at most 2 x floor | missed |',
      '',
      '- A row: floor: the least; ours: the desk',
      '',
    ].join('\n'),
  );
});
