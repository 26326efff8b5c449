import type { Gate, Measured, Role, Round } from './row.ts';
import { ROLES } from './row.ts';

/** A round whose floor was so many times the best floor measured the machine, not us. */
const NOISY = 1.5;
const FEWEST_ROUNDS = 3;

export type Verdict = 'met' | 'missed' | 'too noisy' | 'reported';

export interface Judged {
  title: string;
  gate: Gate;
  /** Medians over the rounds that count. */
  medians: Readonly<Partial<Record<Role, number>>>;
  labels: Measured['labels'];
  /**
   * Ours over what it is held against, as the median of the rounds; ours less that where the bound is a difference; ours itself where it is
   * held against nothing.
   */
  ratio: number;
  kept: number;
  of: number;
  verdict: Verdict;
}

/** Who runs in this round, in order: reversed every other round, so that what warms up or wears off favours nobody. */
export function orderOf(present: readonly Role[], round: number): Role[] {
  const order = ROLES.filter((role) => present.includes(role));
  return round % 2 === 0 ? order : order.reverse();
}

export const judge = (measured: Measured): Judged[] =>
  measured.gates.map((gate) => judgeGate(measured, gate));

function judgeGate({ title, labels, rounds }: Measured, gate: Gate): Judged {
  const kept = steadyRounds(rounds, gate);
  const medians: Partial<Record<Role, number>> = {};
  for (const role of ROLES) {
    const values = kept.flatMap((round) => figureOf(round, role, gate) ?? []);
    if (values.length > 0) medians[role] = median(values);
  }
  const ratio = median(kept.flatMap((round) => ratioIn(round, gate) ?? []));
  return {
    title,
    gate,
    medians,
    labels,
    ratio,
    kept: kept.length,
    of: rounds.length,
    verdict: verdictOf(gate, ratio, kept.length),
  };
}

/** The rounds in which the floor (or, without one, what ours is held against) was near its best. */
export function steadyRounds(rounds: readonly Round[], gate: Gate): Round[] {
  const { against } = gate;
  const moreIsBetter = gate.bound !== null && 'atLeast' in gate.bound;
  const steady = (round: Round): number | undefined =>
    figureOf(round, 'floor', gate) ?? (against === null ? undefined : figureOf(round, against, gate));
  const values = rounds.flatMap((round) => steady(round) ?? []);
  if (values.length === 0) return [...rounds];
  const best = moreIsBetter ? Math.max(...values) : Math.min(...values);
  // Of a figure near nothing the half of what is allowed on top of it is no more than noise.
  const most = Math.max(best * NOISY, best + allowedAbove(gate) / 2);
  return rounds.filter((round) => {
    const value = steady(round);
    if (value === undefined) return false;
    return moreIsBetter ? value >= best / NOISY : value <= most;
  });
}

const allowedAbove = ({ bound }: Gate): number =>
  bound !== null && 'atMostAbove' in bound ? bound.atMostAbove : 0;

function verdictOf({ bound }: Gate, ratio: number, kept: number): Verdict {
  if (bound === null) return 'reported';
  if (kept < FEWEST_ROUNDS || !Number.isFinite(ratio)) return 'too noisy';
  if ('atLeast' in bound) return ratio >= bound.atLeast ? 'met' : 'missed';
  const most = 'atMost' in bound ? bound.atMost : bound.atMostAbove;
  return ratio <= most ? 'met' : 'missed';
}

function ratioIn(round: Round, gate: Gate): number | undefined {
  const ours = figureOf(round, 'ours', gate);
  if (gate.against === null || ours === undefined) return ours;
  const other = figureOf(round, gate.against, gate);
  if (other === undefined) return undefined;
  return gate.bound !== null && 'atMostAbove' in gate.bound ? ours - other : ours / other;
}

const figureOf = (round: Round, role: Role, { figure }: Gate): number | undefined => round[role]?.[figure];

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
