import type { DecimalString } from '../money.ts';
import { add, percentChange, subtract, sum } from '../money.ts';
import type { EpochMs } from '../time.ts';
import { startOfDay } from '../wall-time.ts';
import { DAY_MS } from '../time.ts';
import type { Alert } from './alerts/alert.ts';
import type { Approval } from './approvals/approval.ts';
import type { AttentionPolicySettings } from './attention/attention-policy.ts';
import { isUrgentAlert } from './attention/attention-verdict.ts';
import type { BackendConfig, BackendKindDescriptor } from './backends/backend.ts';
import { entryKey } from './desk.ts';
import type { PanicState, PanicTarget } from './panic/kill-switch.ts';
import type { Limits } from './approvals/limits.ts';
import { approvalExpiresAtMs } from './approvals/approval-expiry.ts';
import type { LinkStatus } from './backends/link.ts';
import type { EquityPoint, Portfolio } from './portfolio/portfolio.ts';
import { supersededKeys } from './approvals/superseded.ts';
import type { WatchState } from './panic/watch.ts';
import { waitingLimits } from './panic/waiting-limits.ts';

/**
 * Figures that both processes show, computed the same way. All functions are pure and take plain iterables, so that
 * `map.values()` of the desk and of the window's store both fit.
 */

/** The data behind this link is too old to act on or to show as current: not live, never any data, or past its limit (D4). */
export function isLinkStale(link: LinkStatus, nowMs: EpochMs): boolean {
  const ageMs = dataAgeMs(link, nowMs);
  return link.state.kind !== 'live' || ageMs === null || ageMs > link.staleAfterMs;
}

/** Age of the data (not of the connection), or `null` when none ever arrived. */
export function dataAgeMs(link: LinkStatus, nowMs: EpochMs): number | null {
  return link.dataAtMs === null ? null : Math.max(0, nowMs - link.dataAtMs);
}

/** One backend over all its links: `stale` when it has none or when any is stale; the age is that of the oldest. */
export function backendFreshness(
  backendId: string,
  links: Iterable<LinkStatus>,
  nowMs: EpochMs,
): { stale: boolean; ageMs: number | null; worst: LinkStatus | null } {
  let worst: LinkStatus | null = null;
  let found = false;
  let stale = false;
  let ageMs: number | null = null;
  for (const link of links) {
    if (link.backendId !== backendId || isLinkEnded(link)) continue;
    found = true;
    const age = dataAgeMs(link, nowMs);
    const linkStale = isLinkStale(link, nowMs);
    const older = (age ?? -1) > (worst === null ? -1 : (dataAgeMs(worst, nowMs) ?? -1));
    if (worst === null || (linkStale === stale ? older : linkStale)) worst = link;
    if (age !== null && (ageMs === null || age > ageMs)) ageMs = age;
    stale ||= linkStale;
  }
  return { stale: stale || !found, ageMs, worst };
}

/** Closed because nothing is left to listen to (a run that is over): its age says nothing about what is shown. */
export const isLinkEnded = ({ state }: LinkStatus): boolean =>
  state.kind === 'stopped' && state.cause.code === 'disabled';

/**
 * The backends whose figures may be added to one another, real and practice apart: those that are switched on and do not
 * only watch. One that mirrors an account is left out where others may report that account; it counts where it is all there is on its side.
 */
export function addable(backends: Iterable<BackendConfig>): {
  real: BackendConfig[];
  practice: BackendConfig[];
} {
  const enabled = [...backends].filter(hasAccount);
  const side = (practice: boolean): BackendConfig[] => {
    const all = enabled.filter((backend) => backend.practice === practice);
    return all.length === 1 ? all : all.filter((backend) => backend.mirrorsAccount !== true);
  };
  return { real: side(false), practice: side(true) };
}

/** It is switched on, and there is money on it that belongs into a total. */
export const hasAccount = ({ enabled, watchesOnly, withoutAccount }: BackendConfig): boolean =>
  enabled && watchesOnly !== true && withoutAccount !== true;

/** Nothing real that could trade is connected, and practice is: then it is practice that is shown, and halted (K16). */
export function isPracticeOnly(backends: Iterable<BackendConfig>): boolean {
  const trading = [...backends].filter((backend) => backend.enabled && backend.watchesOnly !== true);
  return trading.length > 0 && trading.every((backend) => backend.practice);
}

/** A total over several backends. `totalUsd` is null when no backend in it knows its value. */
export interface Total {
  totalUsd: DecimalString | null;
  /** Backends whose value is in the total. */
  counted: string[];
  /** Enabled backends whose value is not known, so that the total is too low by them. */
  missing: string[];
  /** Enabled backends that show an account which others may report, so that their figures are not added. */
  mirrored: string[];
  /** Backends in the total whose figures are stale. */
  stale: string[];
  /** When the oldest figure in the total was received. */
  oldestAtMs: EpochMs | null;
}

/** Value over all `addable` backends, real and practice apart: practice money is never added to real money. */
export function totals(
  backends: Iterable<BackendConfig>,
  portfolios: Iterable<Portfolio>,
  links: Iterable<LinkStatus>,
  nowMs: EpochMs,
): { real: Total; practice: Total } {
  const byBackend = new Map([...portfolios].map((portfolio) => [portfolio.backendId, portfolio]));
  const allLinks = [...links];
  const enabled = [...backends].filter(hasAccount);
  const added = addable(enabled);
  const total = (practice: boolean): Total => {
    const own = practice ? added.practice : added.real;
    const mirrored = enabled
      .filter((backend) => backend.practice === practice && !own.includes(backend))
      .map(({ id }) => id);
    const result: Total = { totalUsd: null, counted: [], missing: [], mirrored, stale: [], oldestAtMs: null };
    for (const { id } of own) {
      const portfolio = byBackend.get(id);
      if (portfolio === undefined || portfolio.totalUsd === null) {
        result.missing.push(id);
        continue;
      }
      result.counted.push(id);
      result.totalUsd = add(result.totalUsd ?? '0', portfolio.totalUsd);
      result.oldestAtMs = Math.min(result.oldestAtMs ?? portfolio.receivedAtMs, portfolio.receivedAtMs);
      if (backendFreshness(id, allLinks, nowMs).stale) result.stale.push(id);
    }
    return result;
  };
  return { real: total(false), practice: total(true) };
}

/** What waits for the person (L4). `total` is what a badge shows. */
export interface NeedsPerson {
  /** Pending proposals that have not expired and that no newer one replaces. */
  approvals: number;
  /** Unacknowledged alerts that are urgent by the person's table and not snoozed, groups counted once. */
  alerts: number;
  /** Alerts among them that are critical. */
  critical: number;
  /** Links that stopped and ask for something, mostly credentials. */
  links: number;
  /** Backends on which a latched panic is not confirmed. */
  panic: number;
  /** Limits that were crossed and are not watched until a person looks, once PANIC is over. */
  limits: number;
  total: number;
}

/** Counts what needs the person over all backends. */
export function needsPerson(
  desk: {
    approvals: Iterable<Approval>;
    alerts: Iterable<Alert>;
    links: Iterable<LinkStatus>;
    panic: PanicState | undefined;
    watch: WatchState | undefined;
  },
  now: { nowMs: EpochMs; limits: Limits; attention: AttentionPolicySettings },
): NeedsPerson {
  const all = [...desk.approvals];
  const superseded = supersededKeys(all, now.limits);
  const approvals = all.filter(
    (approval) =>
      approval.status === 'pending' &&
      approvalExpiresAtMs(approval, now.limits) > now.nowMs &&
      !superseded.has(entryKey(approval.backendId, approval.id)),
  ).length;
  let alerts = 0;
  let critical = 0;
  for (const alert of desk.alerts) {
    if (alert.acknowledgedAtMs !== null || !isUrgentAlert(now.attention, alert, now.nowMs)) continue;
    alerts += 1;
    if (alert.severity === 'critical') critical += 1;
  }
  let links = 0;
  for (const link of desk.links) {
    if (link.state.kind === 'stopped' && link.state.cause.code !== 'disabled') links += 1;
  }
  const { open, latched } = panicSummary(desk.panic);
  const panic = open.length;
  const limits = waitingLimits(desk.watch, latched).length;
  const total = approvals + alerts + links + panic + limits;
  return { approvals, alerts, critical, links, panic, limits, total };
}

/** A kind that only watches has nothing to halt; one that is not known is counted, as nobody can say that of it. */
export const canBeHalted = (
  kind: BackendKindDescriptor | undefined,
  config?: Pick<BackendConfig, 'watchesOnly'>,
): boolean => config?.watchesOnly !== true && kind?.panic.supported !== false;

/**
 * One line over the whole panic. `open` are the backends on which the halt is not proven; one that only watches has
 * nothing to halt and is counted as `not-supported` alone.
 */
export interface PanicSummary {
  latched: boolean;
  /** Re-read as halted on every target, and there is at least one (K4). */
  allConfirmed: boolean;
  counts: Record<PanicTarget['state'], number>;
  open: PanicTarget[];
  /** How often backends lifted the halt by themselves and were halted again (K14). */
  reasserted: number;
}

export function panicSummary(panic: PanicState | undefined): PanicSummary {
  const counts = { requested: 0, confirmed: 0, unconfirmed: 0, failed: 0, 'not-supported': 0, offline: 0 };
  if (panic === undefined || panic.kind === 'clear') {
    return { latched: false, allConfirmed: false, counts, open: [], reasserted: 0 };
  }
  for (const target of panic.targets) counts[target.state] += 1;
  const open = panic.targets.filter(({ state }) => state !== 'confirmed' && state !== 'not-supported');
  return {
    latched: true,
    allConfirmed: open.length === 0 && counts.confirmed > 0,
    counts,
    open,
    reasserted: panic.targets.reduce((count, target) => count + target.reasserted, 0),
  };
}

/** What was won or lost over a period, deposits not counted as profit. Null figures: no value known for the period. */
export interface Profit {
  profitUsd: DecimalString | null;
  /** In percent of the value at the start; null when that was zero or unknown. */
  profitPct: DecimalString | null;
  depositsUsd: DecimalString;
  /** Where the figures really begin: later than asked when nothing was recorded before. */
  sinceMs: EpochMs | null;
  /** True when the record begins after the period does, so that the figure covers less than its name says. */
  partial: boolean;
}

export interface ProfitAndLoss {
  today: Profit;
  yesterday: Profit;
  days7: Profit;
  days30: Profit;
}

/**
 * Profit of several periods from equity points in any order, of any number of backends (each is compared with itself).
 * Days begin at midnight of the chosen time zone. Give it real or practice points, never both.
 */
export function profitAndLoss(points: Iterable<EquityPoint>, nowMs: EpochMs): ProfitAndLoss {
  const sorted = [...equityCurves(points).values()];
  const todayMs = startOfDay(nowMs);
  return {
    today: profitBetween(sorted, todayMs, nowMs),
    yesterday: profitBetween(sorted, startOfDay(todayMs - 1), todayMs),
    days7: profitBetween(sorted, nowMs - 7 * DAY_MS, nowMs),
    days30: profitBetween(sorted, nowMs - 30 * DAY_MS, nowMs),
  };
}

/** Today's part of `profitAndLoss`, alone. */
export const todaysProfit = (points: Iterable<EquityPoint>, nowMs: EpochMs): Profit =>
  profitBetween([...equityCurves(points).values()], startOfDay(nowMs), nowMs);

/** The points of each backend, ascending by time. */
export function equityCurves(points: Iterable<EquityPoint>): Map<string, EquityPoint[]> {
  const curves = new Map<string, EquityPoint[]>();
  for (const point of points) {
    const curve = curves.get(point.backendId);
    if (curve === undefined) curves.set(point.backendId, [point]);
    else curve.push(point);
  }
  for (const curve of curves.values()) curve.sort((a, b) => a.atMs - b.atMs);
  return curves;
}

/** Profit between two times. Each curve is sorted by time and belongs to one backend. */
export function profitBetween(curves: readonly EquityPoint[][], fromMs: EpochMs, toMs: EpochMs): Profit {
  const result: Profit = {
    profitUsd: null,
    profitPct: null,
    depositsUsd: '0',
    sinceMs: null,
    partial: false,
  };
  let startUsd: DecimalString = '0';
  for (const curve of curves) {
    const until = curve.filter((point) => point.atMs <= toMs);
    const before = until.findLastIndex((point) => point.atMs <= fromMs);
    const startIndex = Math.max(0, before);
    const start = until[startIndex];
    const end = until.at(-1);
    if (start === undefined || end === undefined || end.atMs < fromMs) continue;
    const deposits = sum(until.slice(startIndex + 1).map((point) => point.depositUsd ?? '0'));
    const profit = subtract(subtract(end.totalUsd, start.totalUsd), deposits);
    startUsd = add(startUsd, start.totalUsd);
    result.profitUsd = add(result.profitUsd ?? '0', profit);
    result.depositsUsd = add(result.depositsUsd, deposits);
    const sinceMs = before < 0 ? start.atMs : fromMs;
    result.sinceMs = Math.min(result.sinceMs ?? sinceMs, sinceMs);
    result.partial ||= before < 0;
  }
  if (result.profitUsd !== null) result.profitPct = percentChange(startUsd, add(startUsd, result.profitUsd));
  return result;
}
