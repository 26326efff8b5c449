import { DAY_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { AskOptions } from './ask-options.ts';
import type { Client } from './client.ts';
import { ServerRefusal, SignInRefusal } from './answers.ts';
import type { Desk } from './desk.ts';
import { mapCopyTrade, mapPortfolio, mapQuote } from './mapping.ts';
import {
  wireCopies,
  wireHeldPositions,
  wireHistory,
  wireMarketData,
  wirePortfolio,
  wireProfile,
  wireTraders,
  wireUpstream,
} from './protocol.ts';
import type { WirePortfolio } from './protocol.ts';
import { tellAlert } from './alerts.ts';

/** Everything that the desk reads by itself. Each reading rejects with `HttpFailure`, having told the desk what it learned. */
export interface Rereads {
  /** The desk's own list of follows, where it was not read yet. Never rejects: where it cannot be read, that is told. */
  list(): Promise<void>;
  traders(ask: AskOptions): Promise<void>;
  /** Reads the count of follows, and settles by it what is known of them. */
  portfolio(ask: AskOptions): Promise<WirePortfolio>;
  /** Whether the server still knows the user: signs in anew where it does not (§2). */
  profile(ask: AskOptions): Promise<void>;
  copies(ask: AskOptions): Promise<void>;
  history(ask: AskOptions): Promise<void>;
  /** Answers the markets that the trader has left. */
  held(wallet: string, ask: AskOptions): Promise<string[]>;
  quotes(ask: AskOptions): Promise<void>;
  /** Whether figures come from the exchange (§7.10). */
  upstream(ask: AskOptions): Promise<void>;
  /** Whether it is that the server takes no token; then that is told, once a day. */
  isSignInRefusal(error: unknown): boolean;
  /** Whether the server was started anew since it was last asked; then it has forgotten who is signed in. */
  wasRestarted(signal?: AbortSignal): Promise<boolean>;
}

/** Two readings of when the server started differ by how long the answers took. */
const SAME_START_MS = 20_000;

export function createRereads(client: Client, desk: Desk): Rereads {
  const { now, book, roster, positions, session, backendId, emit } = desk;
  let startedAtMs: number | null = null;
  let wasToldUnread = false;

  function tellLost(names: readonly { wallet: string; name: string }[]): void {
    if (names.length === 0) return;
    tellAlert(desk, {
      kind: 'follow_lost',
      severity: 'high',
      message: `The server has forgotten that you follow ${names.map(({ name }) => name).join(', ')}. Nothing is followed again by itself; copies that are open stay open.`,
      identity: [...names.map(({ wallet }) => wallet), now()],
    });
  }

  /** Everything else is read on without the list, and PANIC works without it; that it is missing is said once. */
  async function readList(): Promise<void> {
    try {
      await book.load();
      wasToldUnread = false;
    } catch {
      if (wasToldUnread) return;
      wasToldUnread = true;
      tellAlert(desk, {
        kind: 'follow_list_unreadable',
        severity: 'high',
        message: `Whom you follow is not known. ${book.unread() ?? ''} Nobody is followed and nothing is ordered until it can be read; PANIC unfollows every trader that the server lists.`,
        identity: [now()],
      });
    }
  }

  return {
    list: readList,
    async traders(ask) {
      roster.read((await client.read('/traders', wireTraders, ask)).traders);
    },
    async portfolio(ask) {
      const version = book.version();
      const reading = client.readOwn('/portfolio', wirePortfolio, ask);
      const [{ portfolio }] = await Promise.all([reading, readList()]);
      tellLost(book.judge(portfolio.followingCount, version));
      desk.tellKillSwitch(portfolio.followingCount);
      // Samples name traders that are on no list (§4.2): their total is nobody's money.
      const isSample = portfolio.positions?.some(
        ({ traderId }) => traderId !== undefined && roster.walletOf(traderId) === null,
      );
      if (!desk.simulated() && isSample === false) emit(mapPortfolio(portfolio, desk));
      return portfolio;
    },
    async profile(ask) {
      try {
        await client.readOwn('/auth/profile', wireProfile, ask);
      } catch (error) {
        if (!(error instanceof ServerRefusal) || error.status !== 404) throw error;
        session.forget();
        await readList();
        tellLost(
          book.loseAll('The server was restarted and has forgotten it. Nothing is followed again by itself.'),
        );
        await session.token(ask);
      }
    },
    async copies(ask) {
      await desk.handOrders.load();
      positions.readCopies(
        (await client.readOwn('/portfolio/positions?status=active', wireCopies, ask)).positions,
      );
    },
    async history(ask) {
      const { trades } = await client.readOwn('/portfolio/history?limit=50', wireHistory, ask);
      for (const wire of trades) emit({ type: 'trade', trade: mapCopyTrade(wire, desk) });
    },
    async held(wallet, ask) {
      const path = `/copy-trading/positions/${encodeURIComponent(wallet)}`;
      const { data } = await client.read(path, wireHeldPositions, ask);
      return positions.readHeld(wallet, data.positions);
    },
    async quotes(ask) {
      const { data } = await client.read('/realtime/market-data', wireMarketData, ask);
      const entries = data.map((wire) => mapQuote(wire, desk));
      emit({ type: 'feed', slice: 'quotes', backendId, entries });
    },
    async upstream(ask) {
      try {
        const { status } = await client.read('/kana-labs/status', wireUpstream, ask);
        desk.setSimulated(!/^(?:connected|ok|online)$/i.test(status));
      } catch (error) {
        // That the exchange is away is a normal state (§7.12); that the server is, is none.
        if (!(error instanceof ServerRefusal) || error.status === 429) throw error;
        desk.setSimulated(true);
      }
    },
    isSignInRefusal(error) {
      const isRefused = error instanceof ServerRefusal && error.status === 401;
      if (!isRefused && !(error instanceof SignInRefusal)) return false;
      tellAlert(desk, {
        kind: 'sign_in_refused',
        severity: 'high',
        message: `${error.message} Your follows and copies cannot be read, nobody can be followed, and PANIC cannot end a follow here.`,
        identity: [Math.floor(now() / DAY_MS)],
      });
      return true;
    },
    async wasRestarted(signal) {
      const uptimeMs = (await client.uptime(signal)) * 1_000;
      const before = startedAtMs;
      startedAtMs = now() - uptimeMs;
      return before === null || Math.abs(startedAtMs - before) > SAME_START_MS;
    },
  };
}

/** Words of what went wrong, for a person. */
export const wordsOf = (error: unknown): string =>
  error instanceof HttpFailure ? error.message : 'Failed in an unforeseen way.';
