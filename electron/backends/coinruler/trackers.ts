import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';
import { compare } from '#shared/money.ts';

import { mapAlert } from './alerts.ts';
import type { Market } from './approvals.ts';
import type { ApprovalsTracker } from './approvals-tracker.ts';
import { createApprovalsTracker } from './approvals-tracker.ts';
import { mapKillSwitch } from './kill-switch.ts';
import type { PortfolioTracker } from './portfolio-tracker.ts';
import { createPortfolioTracker } from './portfolio-tracker.ts';
import type { WireAlert, WireKillSwitch } from './protocol.ts';
import { isOvertaken } from '../../lib/overtaken.ts';
import { createSeen } from '../../lib/recent.ts';
import type { TrackerContext } from './tracker-context.ts';
import type { TradesTracker } from './trades-tracker.ts';
import { createTradesTracker } from './trades-tracker.ts';

/** All that one backend remembers between readings and events. It is lost with the process and rebuilt from a snapshot. */
export interface Trackers {
  approvals: ApprovalsTracker;
  killSwitch: KillSwitchTracker;
  portfolio: PortfolioTracker;
  trades: TradesTracker;
  alerts: { raised(wire: WireAlert): void };
}

export function createTrackers(context: TrackerContext): Trackers {
  const portfolio = createPortfolioTracker(context);
  const approvals = createApprovalsTracker(context, marketOf(portfolio));
  return {
    approvals,
    killSwitch: createKillSwitchTracker(context),
    portfolio,
    trades: createTradesTracker(context, approvals),
    alerts: createAlertsTracker(context),
  };
}

/** What is held is known whole once it was read: an asset that is not named is not held. */
const marketOf = (portfolio: PortfolioTracker): Market => ({
  held(asset) {
    const figures = portfolio.figures();
    return figures === null ? null : (figures.quantities.get(asset) ?? '0');
  },
  price(asset) {
    const price = portfolio.figures()?.prices.get(asset) ?? null;
    return price !== null && compare(price, '0') > 0 ? price : null;
  },
});

interface KillSwitchTracker {
  /** `askedAtMs` is when it was asked: what is heard after that is newer. */
  read(wire: WireKillSwitch, askedAtMs: number): KillSwitch;
  changed(wire: WireKillSwitch): KillSwitch;
}

function createKillSwitchTracker({ backendId, now, emit }: TrackerContext): KillSwitchTracker {
  let lastChangedAtMs: number | null = null;
  let learnedAtMs = Number.NEGATIVE_INFINITY;

  function apply(wire: WireKillSwitch, readAtMs: number, isEvent: boolean): KillSwitch {
    const mapped = mapKillSwitch(wire, { backendId, readAtMs, isEvent });
    const isOlder = (mapped.changedAtMs ?? Infinity) < (lastChangedAtMs ?? -Infinity);
    // What was asked after the last news is what the server holds now, whatever its stamp says: its clock was set back or
    // its database is an older one. Without the stamp it does not look late.
    const isPresent = !isEvent && readAtMs !== learnedAtMs && !isOvertaken(readAtMs, learnedAtMs);
    const killSwitch = isOlder && isPresent ? { ...mapped, changedAtMs: null } : mapped;
    if (!isOlder || isPresent) lastChangedAtMs = killSwitch.changedAtMs;
    learnedAtMs = now();
    emit({ type: 'kill-switch', killSwitch });
    return killSwitch;
  }
  return {
    read: (wire, askedAtMs) => apply(wire, askedAtMs, false),
    changed: (wire) => apply(wire, now(), true),
  };
}

function createAlertsTracker({ backendId, now, emit }: TrackerContext): Trackers['alerts'] {
  const seen = createSeen(1_000);
  return {
    raised(wire) {
      const alert = mapAlert(wire, { backendId, receivedAtMs: now() });
      if (!seen.add(alert.id)) return;
      emit({ type: 'alert', alert });
    },
  };
}
