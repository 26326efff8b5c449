import { createHmac, randomUUID } from 'node:crypto';

import { z } from 'zod';

import { recordedAnswer } from './recordings.ts';
import type { Stubbed } from './stub-server.ts';

/** What the servers of the fact sheet keep in memory, and what they answer by it (§2 to §4). */
export interface SheetState {
  /** Carries a call below `/api` out, as whoever the header names. */
  carryOut(call: string, body: unknown, header: string | undefined): Stubbed;
  /** Whether a token is taken (§2). */
  isTaken(token: unknown): boolean;
  /** Wallets of the traders that a wallet follows. */
  followed(wallet: string): string[];
  /** Follows of everybody, of users that are gone too: a token of before a restart goes on working (§2). */
  follows(): number;
  uptime(): number;
  restart(): void;
}

const SECRET = 'sheet';

const credentials = z.object({ walletAddress: z.string().min(1), signature: z.string().min(1) });
const traderIn = z.object({ traderId: z.string().min(1) });
const followIn = traderIn.extend({ amount: z.number().refine((amount) => amount !== 0) });
const claims = z.object({ userId: z.string(), walletAddress: z.string(), exp: z.number() });
const recordedTraders = z.object({ traders: z.array(z.looseObject({ walletAddress: z.string() })) });

export function createSheetState(now: () => number): SheetState {
  let memory = newMemory();

  function newMemory() {
    const { traders } = recordedTraders.parse(recordedAnswer('traders'));
    return {
      startedAtMs: now(),
      traders: traders.map((one) => ({ ...one, id: randomUUID() })),
      users: new Map<string, { id: string; walletAddress: string; createdAt: string }>(),
      follows: new Map<string, Set<string>>(),
    };
  }

  const iso = (): string => new Date(now()).toISOString();

  function tokenFor(user: { id: string; walletAddress: string }): string {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const iat = Math.floor(now() / 1_000);
    const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ userId: user.id, walletAddress: user.walletAddress, iat, exp: iat + 86_400 })}`;
    return `${body}.${sign(body)}`;
  }
  const sign = (body: string): string => createHmac('sha256', SECRET).update(body).digest('base64url');

  /** §2: the second word of the header is taken, whatever the first is. */
  function whoAsks(header: string | undefined): z.output<typeof claims> | Stubbed {
    if (header === undefined) return say(401, { error: 'No authorization header provided' });
    const token = header.split(' ')[1];
    if (token === undefined || token === '') return say(401, { error: 'No token provided' });
    const [head = '', payload = '', signature = ''] = token.split('.');
    if (sign(`${head}.${payload}`) !== signature) return say(401, { error: 'Invalid token' });
    const read = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return read.exp * 1_000 < now() ? say(401, { error: 'Token expired' }) : read;
  }

  function carryOut(call: string, body: unknown, header: string | undefined): Stubbed {
    if (call.startsWith('GET /copy-trading/positions/'))
      return say(200, { success: true, data: { positions: [], totalPositions: 0, timestamp: now() } });
    const open = OPEN[call]?.(body);
    if (open !== undefined) return open;
    const path = call.split(' ')[1] ?? '';
    if (!path.startsWith('/auth') && !path.startsWith('/portfolio') && !/follow$|realtime/.test(path))
      return say(404, { error: 'Route not found' });
    const who = whoAsks(header);
    if (!('userId' in who)) return who;
    const mine = memory.follows.get(who.userId) ?? new Set<string>();
    switch (call) {
      case 'GET /auth/profile': {
        const user = [...memory.users.values()].find(({ id }) => id === who.userId);
        if (user === undefined) return say(404, { error: 'User not found' });
        return say(200, { success: true, user: { ...user, totalValue: 0, activePositions: mine.size } });
      }
      case 'GET /portfolio': {
        const { portfolio } = recordedAnswer('portfolio') as { portfolio: object };
        return say(200, { success: true, portfolio: { ...portfolio, followingCount: mine.size } });
      }
      case 'GET /portfolio/positions':
        return say(200, recordedAnswer('portfolio positions'));
      case 'GET /portfolio/history':
        return say(200, recordedAnswer('portfolio history'));
      case 'POST /traders/follow': {
        const wish = followIn.safeParse(body).data;
        if (wish === undefined) return say(400, { error: 'Trader ID and amount are required' });
        if (!memory.traders.some(({ id }) => id === wish.traderId))
          return say(404, { error: 'Trader not found' });
        if (mine.has(wish.traderId)) return say(400, { error: 'Already following this trader' });
        memory.follows.set(who.userId, mine.add(wish.traderId));
        return say(200, recordedAnswer('follow'));
      }
      case 'POST /traders/unfollow': {
        const wish = traderIn.safeParse(body).data;
        if (wish === undefined || !mine.delete(wish.traderId))
          return say(404, { error: 'Not following this trader' });
        return say(200, recordedAnswer('unfollow'));
      }
      default:
        // §4.3: all that is left wants a user under another name than the token gives it.
        return say(401, { error: 'User not authenticated' });
    }
  }

  const OPEN: Record<string, ((body: unknown) => Stubbed) | undefined> = {
    'POST /auth/login'(body) {
      const given = credentials.safeParse(body).data;
      if (given === undefined) return say(400, { error: 'Wallet address and signature are required' });
      const { walletAddress } = given;
      const known = memory.users.get(walletAddress);
      const user = known ?? { id: randomUUID(), walletAddress, createdAt: iso() };
      memory.users.set(walletAddress, user);
      return say(200, { success: true, token: tokenFor(user), user });
    },
    'GET /traders': () => say(200, { success: true, traders: memory.traders, total: memory.traders.length }),
    'GET /realtime/market-data': () => say(200, recordedAnswer('realtime market-data')),
    'GET /kana-labs/status': () => say(200, recordedAnswer('kana status')),
    'POST /copy-trading/execute': () => say(200, recordedAnswer('copy execute')),
  };

  return {
    carryOut,
    isTaken: (token) => typeof token === 'string' && 'userId' in whoAsks(`Bearer ${token}`),
    followed(wallet) {
      const ids = memory.follows.get(memory.users.get(wallet)?.id ?? '') ?? new Set();
      return memory.traders.filter(({ id }) => ids.has(id)).map(({ walletAddress }) => walletAddress);
    },
    follows: () => [...memory.follows.values()].reduce((total, { size }) => total + size, 0),
    uptime: () => (now() - memory.startedAtMs) / 1_000,
    restart() {
      memory = newMemory();
    },
  };
}

const say = (status: number, json: unknown): Stubbed => ({ status, json });
