import type { DeskEvent } from '#shared/domain/desk.ts';

import type { Announcements } from '../events.ts';
import { takeEvent } from '../events.ts';
import { wireBalances, wirePortfolio } from '../protocol.ts';
import { createTrackers } from '../trackers.ts';

export const NOW = 1_900_000_000_000;

/** The trackers of one backend on a time that a test moves, what they emitted, and what an event only announced. */
export function listen() {
  const events: DeskEvent[] = [];
  const announced: string[] = [];
  let nowMs = NOW;
  const trackers = createTrackers({
    backendId: 'ruler',
    now: () => nowMs,
    steadyMs: () => nowMs,
    emit: (event) => events.push(event),
  });
  const announcements: Announcements = {
    approvalsChanged: () => announced.push('approvals'),
    killSwitchUnclear: () => announced.push('kill switch'),
    executionsChanged: () => announced.push('executions'),
    deposited: (snapshot) => {
      announced.push('deposit');
      trackers.portfolio.deposited(snapshot, live);
    },
  };
  let live: ReturnType<typeof wireBalances.parse> | null = null;
  const take = (event: unknown) =>
    takeEvent(typeof event === 'string' ? event : JSON.stringify(event), trackers, announcements);
  const of = <T extends DeskEvent['type']>(type: T): Extract<DeskEvent, { type: T }>[] =>
    events.filter((event): event is Extract<DeskEvent, { type: T }> => event.type === type);
  return {
    events,
    announced,
    trackers,
    take,
    of,
    pass: (ms: number) => (nowMs += ms),
    exchangeSays: (balances: unknown) => (live = wireBalances.parse(balances)),
  };
}

export const portfolioRead = (updatedAt: string, balances: Record<string, number>, more: object = {}) =>
  wirePortfolio.parse({
    balances,
    prices: { BTC: 60_000, XRP: 0.5 },
    totalValueUSD: 1,
    updatedAt,
    hasData: true,
    ...more,
  });
