import { HttpFailure } from '../../connections/port.ts';
import type { RequestPriority } from '../../connections/port.ts';
import type { Approval } from '#shared/domain/approval.ts';
import type { KillSwitch } from '#shared/domain/kill-switch.ts';

import type { Client } from './client.ts';
import { DATABASE_ABSENT } from './client.ts';
import { plainText } from './clean.ts';
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

export interface AskWith {
  priority: RequestPriority;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** The readings that keep the desk true. Each asks, applies what it got, and rejects with `HttpFailure` in a person's words. */
export interface Rereads {
  /** Rejects while the server runs without its database, whose absence some reads hide behind empty lists (§7.9). */
  health(ask: AskWith): Promise<WireHealth>;
  approvals(ask: AskWith): Promise<{ approvals: Approval[]; complete: boolean }>;
  killSwitch(ask: AskWith): Promise<KillSwitch>;
  portfolio(ask: AskWith): Promise<void>;
  executions(ask: AskWith): Promise<void>;
  balances(ask: AskWith): Promise<WireBalances>;
}

export function createRereads(client: Client, trackers: Trackers, now: () => number): Rereads {
  return {
    async health(ask) {
      const health = await client.read('/health', wireHealth, ask);
      const trouble = healthTrouble(health);
      if (trouble !== null) throw new HttpFailure({ code: 'server-error', message: trouble }, true);
      return health;
    },
    async approvals(ask) {
      const askedAtMs = now();
      const { items } = await client.read('/approvals/pending', wirePending, ask);
      return trackers.approvals.read(items, askedAtMs);
    },
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
