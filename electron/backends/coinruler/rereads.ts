import { HttpFailure } from '../../connections/port.ts';
import type { RequestPriority } from '../../connections/port.ts';
import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Client } from './client.ts';
import { DATABASE_ABSENT } from './client.ts';
import { plainText } from '../../lib/clean.ts';
import { shareReading } from './share-reading.ts';
import {
  wireBalances,
  wireExecutions,
  wireHealth,
  wireKillSwitch,
  wirePending,
  wirePortfolio,
} from './protocol.ts';
import type { WireBalances, WireHealth } from './protocol.ts';
import type { Trackers } from './trackers.ts';

/** How long a person who decides is kept waiting for a reading. */
export const DECIDE_WITHIN_MS = 8 * SECOND_MS;

export interface AskWith {
  priority: RequestPriority;
  signal?: AbortSignal;
  timeoutMs?: number;
}

export interface PendingList {
  approvals: Approval[];
  /** The page is not full, so that what is missing is not pending. */
  complete: boolean;
}

/** The readings that keep the desk true. Each asks, applies what it got, and rejects with `HttpFailure` in a person's words. */
export interface Rereads {
  /** Rejects while the server runs without its database, whose absence some reads hide behind empty lists (§7.9). */
  health(ask: AskWith): Promise<WireHealth>;
  approvals(ask: AskWith): Promise<PendingList>;
  /** For decisions: many that are made at once share a reading, and none is given one that was asked before it asked. */
  approvalsToDecide(): Promise<PendingList>;
  killSwitch(ask: AskWith): Promise<KillSwitch>;
  portfolio(ask: AskWith): Promise<void>;
  executions(ask: AskWith): Promise<void>;
  balances(ask: AskWith): Promise<WireBalances>;
}

export function createRereads(client: Client, trackers: Trackers, now: () => number): Rereads {
  async function approvals(ask: AskWith): Promise<PendingList> {
    const askedAtMs = now();
    const { items } = await client.read('/approvals/pending', wirePending, ask);
    return trackers.approvals.read(items, askedAtMs);
  }

  return {
    async health(ask) {
      const health = await client.read('/health', wireHealth, ask);
      const trouble = healthTrouble(health);
      if (trouble !== null) throw new HttpFailure({ code: 'server-error', message: trouble }, true);
      return health;
    },
    approvals,
    approvalsToDecide: shareReading(() => approvals({ priority: 'decision', timeoutMs: DECIDE_WITHIN_MS })),
    async killSwitch(ask) {
      const askedAtMs = now();
      return trackers.killSwitch.read(await client.read('/kill-switch', wireKillSwitch, ask), askedAtMs);
    },
    async portfolio(ask) {
      const askedAtMs = now();
      trackers.portfolio.read(await client.read('/portfolio/current', wirePortfolio, ask), askedAtMs);
    },
    async executions(ask) {
      const { items } = await client.read('/executions/recent?limit=50', wireExecutions, ask);
      trackers.trades.read(items);
    },
    balances: (ask) => client.read('/balances', wireBalances, ask),
  };
}

/** What keeps a server that answers from being of use; `null` when nothing does. */
export function healthTrouble(health: WireHealth): string | null {
  if (health.mode === 'degraded' || !health.ok) {
    const said = plainText(health.error, 200);
    return `CoinRuler runs in degraded mode and serves nothing${said === '' ? '.' : `: “${said}”`}`;
  }
  return health.db === 'disconnected' ? DATABASE_ABSENT : null;
}
