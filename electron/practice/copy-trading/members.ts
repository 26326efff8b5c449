import type { CopyAccount } from './copy-account.ts';
import { createCopyAccount } from './copy-account.ts';
import { PROFILES } from './profiles.ts';
import type { Random } from '../random.ts';
import { uuid } from './uuid.ts';

/** Limits under which a trader is copied; percents as numbers, money in dollars. */
export interface CopySettings {
  maxTradeSize: number;
  stopLoss: number;
  takeProfit: number;
  maxDailyLoss: number | null;
  /** Most copies of this trader at once. */
  diversificationLimit: number | null;
}

export interface Follow {
  trader: string;
  amount: number;
  settings: CopySettings;
  sinceMs: number;
  /** Told once that the day's loss stopped the copying. */
  stoppedAtMs: number | null;
}

export interface User {
  id: string;
  wallet: string;
  createdAtMs: number;
  preferences: Record<string, unknown> | null;
}

/** What the server holds in the memory of its process: all of it is lost on a restart (sheet, section 1). */
export interface Members {
  users: Map<string, User>;
  /** By the user id of the token, whose user may be gone. */
  follows: Map<string, { wallet: string; list: Follow[] }>;
  accounts: Map<string, CopyAccount>;
  traderIds: ReadonlyMap<string, string>;
}

/** A server's memory right after a start: nobody is known, and every trader has a new id. */
export const emptyMembers = (random: Random): Members => ({
  users: new Map(),
  follows: new Map(),
  accounts: new Map(),
  traderIds: new Map(PROFILES.map(({ wallet }) => [wallet, uuid(random)])),
});

export function signIn(members: Members, wallet: string, nowMs: number, random: Random): User {
  const known = [...members.users.values()].find((user) => user.wallet === wallet);
  if (known !== undefined) return known;
  const user: User = { id: uuid(random), wallet, createdAtMs: nowMs, preferences: null };
  // A caller that invents wallets must not fill our memory.
  evict(members.users, MEMBERS_KEPT);
  members.users.set(user.id, user);
  return user;
}

export const followsOf = (members: Members, userId: string): Follow[] =>
  members.follows.get(userId)?.list ?? [];

export function addFollow(members: Members, userId: string, wallet: string, follow: Follow): void {
  evict(members.follows, MEMBERS_KEPT);
  const known = members.follows.get(userId);
  if (known === undefined) members.follows.set(userId, { wallet, list: [follow] });
  else known.list.push(follow);
}

export function removeFollow(members: Members, userId: string, trader: string): boolean {
  const list = followsOf(members, userId);
  const index = list.findIndex((one) => one.trader === trader);
  if (index < 0) return false;
  list.splice(index, 1);
  return true;
}

export function accountOf(members: Members, wallet: string, nowMs: number): CopyAccount {
  const known = members.accounts.get(wallet);
  if (known !== undefined) return known;
  const account = createCopyAccount(wallet, nowMs);
  evict(members.accounts, MEMBERS_KEPT);
  members.accounts.set(wallet, account);
  return account;
}

/** The trader's wallet for what a request names: their id of now, or their wallet. */
export function traderNamed(members: Members, text: unknown): string | null {
  for (const [wallet, id] of members.traderIds) if (text === id || text === wallet) return wallet;
  return null;
}

export const idOfTrader = (members: Members, wallet: string): string =>
  members.traderIds.get(wallet) ?? wallet;

export function followersOf(members: Members, trader: string): number {
  let count = 0;
  for (const { list } of members.follows.values()) if (list.some((one) => one.trader === trader)) count += 1;
  return count;
}

function evict(map: Map<string, unknown>, kept: number): void {
  if (map.size < kept) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

const MEMBERS_KEPT = 200;
