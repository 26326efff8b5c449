import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Disposer } from '../../lib/disposables.ts';
import { decideElsewhere, propose, tradeAlone } from './bot-runner.ts';
import type { Coinruler } from './context.ts';
import { tellAlert } from './context.ts';
import { isHalted, setKillSwitch } from './kill-switch.ts';
import { createMarketWatch } from './market-watch.ts';
import { isSnapshotCurrent, storeScheduledSnapshot, tellCollateral } from './portfolio.ts';
import { sentimentNow } from './reports.ts';
import { runRules } from './rules.ts';
import { riskState } from './trading.ts';

interface Schedule {
  /** Switches off whatever the practice desk does by itself (bot, alerts, moving prices); requests go on working. */
  setQuiet(quiet: boolean): void;
  /** Halts the bot alone, as a test needs it. */
  setBotRunning(running: boolean): void;
  dispose: Disposer;
}

/** Everything that happens by the clock. One timer a second, so that it works the same at any speed of the clock. */
export function startSchedule(desk: Coinruler, initial: { quiet: boolean }): Schedule {
  let { quiet } = initial;
  let botRunning = true;
  let recoveryStartMs: number | null = null;
  let lastTotal: number | null = null;
  const watch = createMarketWatch(desk);
  const startMs = desk.clock.now();
  const { random } = desk;
  const jobs: Job[] = [
    job(PORTFOLIO_MS, () => PORTFOLIO_MS, tellPortfolio, 'always'),
    job(
      4 * SECOND_MS,
      () => random.between(20, 40) * SECOND_MS,
      () => botRunning && propose(desk),
    ),
    job(
      70 * SECOND_MS,
      () => random.between(110, 260) * SECOND_MS,
      () => botRunning && tradeAlone(desk),
    ),
    job(
      8 * MINUTE_MS,
      () => random.between(6, 11) * MINUTE_MS,
      () => botRunning && decideElsewhere(desk),
    ),
    job(
      MINUTE_MS,
      () => MINUTE_MS,
      () => botRunning && runRules(desk),
    ),
    job(MINUTE_MS, () => MINUTE_MS, evaluateRisk, 'always'),
    job(
      5 * MINUTE_MS,
      () => 5 * MINUTE_MS,
      () => tellCollateral(desk),
    ),
    job(5 * MINUTE_MS, () => 5 * MINUTE_MS, watchTotal),
    job(40 * MINUTE_MS, () => HOUR_MS, tellSentiment),
  ];

  function job(firstMs: number, periodMs: () => number, run: () => unknown, when: Job['when'] = 'loud'): Job {
    return { dueMs: startMs + firstMs, periodMs, run, when };
  }

  function tick(): void {
    const nowMs = desk.clock.now();
    const whales = desk.market.advanceTo(nowMs);
    if (!quiet) watch.look(whales);
    for (const one of jobs) {
      if (nowMs < one.dueMs) continue;
      one.dueMs = nowMs + one.periodMs();
      if (!quiet || one.when === 'always') one.run();
    }
  }

  /** A quiet desk tells only what changed: a fill or a deposit, not the passing of time. */
  function tellPortfolio(): void {
    if (!quiet || !isSnapshotCurrent(desk)) storeScheduledSnapshot(desk);
  }

  /**
   * A breach halts the bot; a halt of anyone is lifted once there was no breach for ten minutes (sheet, section 4.3).
   * The practice desk's limit on trades an hour is wider than the real one, so that trying things out does not halt it.
   */
  function evaluateRisk(): void {
    const { tradesLastHour } = riskState(desk);
    const nowMs = desk.clock.now();
    if (Number(tradesLastHour) >= MAX_TRADES_AN_HOUR && !quiet) {
      recoveryStartMs = null;
      const reason = `auto-risk: trades/hr=${String(tradesLastHour)}`;
      if (!isHalted(desk)) setKillSwitch(desk, { enabled: true, reason, setBy: 'system:risk' });
      return;
    }
    if (!isHalted(desk)) {
      recoveryStartMs = null;
      return;
    }
    recoveryStartMs ??= nowMs;
    if (nowMs - recoveryStartMs < RECOVERY_GRACE_MS) return;
    recoveryStartMs = null;
    setKillSwitch(desk, { enabled: false, reason: 'auto-recovery', setBy: 'system:risk' });
  }

  /** The whole portfolio moving by more than two per cent between two looks. */
  function watchTotal(): void {
    const total = desk.account.totalUsd(desk.market.prices());
    const stepPct = lastTotal === null ? 0 : (total / lastTotal - 1) * 100;
    const data = { stepPct, last: total, prev: lastTotal };
    lastTotal = total;
    if (Math.abs(stepPct) < 2) return;
    const severity = Math.abs(stepPct) >= 4 ? 'high' : 'medium';
    tellAlert(desk, 'anomaly', severity, `Portfolio total moved ${stepPct.toFixed(2)}% in one step`, data);
  }

  function tellSentiment(): void {
    desk.unit.commit(() => {
      const sentiment = sentimentNow(desk);
      desk.state.sentiment = sentiment;
      tellAlert(desk, 'macro_feargreed', 'info', `Fear & Greed Index: ${String(sentiment.value)}`, sentiment);
    });
  }

  function guardedTick(): void {
    try {
      tick();
    } catch (error) {
      desk.log.error('The practice schedule stumbled', { error: String(error) });
    }
  }

  desk.market.freeze(quiet);
  return {
    setQuiet(value) {
      quiet = value;
      desk.market.freeze(value);
    },
    setBotRunning(value) {
      botRunning = value;
    },
    dispose: desk.clock.every(SECOND_MS, guardedTick),
  };
}

interface Job {
  dueMs: number;
  periodMs: () => number;
  run: () => unknown;
  /** `always`: also while the desk is told to keep quiet. */
  when: 'loud' | 'always';
}

/** The real server tells its portfolio every five minutes; a newcomer should see it move. */
const PORTFOLIO_MS = 2.5 * SECOND_MS;
const RECOVERY_GRACE_MS = 10 * MINUTE_MS;
const MAX_TRADES_AN_HOUR = 40;
