import { z } from 'zod';

import type { Follow } from '#shared/domain/bots/copy-trading.ts';
import { followSettings } from '#shared/domain/bots/copy-trading.ts';
import { epochMs } from '#shared/epoch-ms.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { BackendMemory } from '../port.ts';
import type { Emit } from './emit.ts';

/**
 * One line of the desk's own list. `asked` and `stopping` are written down before the request goes out, so that a crash in
 * between leaves the wish; what became of it is told by the server's count alone.
 */
const entry = z.object({
  wallet: z.string(),
  name: z.string(),
  /** What the server called the trader when the wish was sent: by it PANIC unfollows without reading the traders first. */
  serverId: z.string().nullable().catch(null),
  settings: followSettings,
  stage: z.enum(['asked', 'following', 'stopping', 'lost']),
  note: z.string().nullable(),
  sinceMs: epochMs,
});
export type FollowEntry = z.infer<typeof entry>;
const stored = z.object({ entries: z.array(entry).max(1_000), halted: z.boolean() });

/** Whom the person follows. The server has no list of it (§4.1), so this one is the only one there is. */
export interface FollowBook {
  /**
   * Rejects with words for a person while what was written down cannot be read: then nobody knows who is followed, and nothing is
   * written over it. Asked again it tries again.
   */
  load(): Promise<void>;
  /** Why nobody knows who is followed; `null` once it was read. */
  unread(): string | null;
  find(wallet: string): FollowEntry | undefined;
  all(): readonly FollowEntry[];
  /** Those that the server should know of. */
  active(): readonly FollowEntry[];
  /** Resolves once it is on disk. */
  put(entry: FollowEntry): Promise<void>;
  remove(wallets: readonly string[]): Promise<void>;
  /** The server's count, as of a reading that began when the list was at `version`. Answers who was lost by it. */
  judge(count: number, version: number): FollowEntry[];
  /** The server does not know the user any more, and with it nobody that they followed. */
  loseAll(why: string): FollowEntry[];
  /** Changes with each change of the list. */
  version(): number;
  /** Until released, counts are not judged by: a request is on its way that changes them. */
  hold(): () => void;
  /** As `hold`, for a wish about one trader; `null` while another about the same one is on its way (A5). */
  claim(wallet: string): (() => void) | null;
  /** As `claim`, once whatever is on its way has an answer: what ends a follow must not overtake what begins it. */
  claimNext(wallet: string): Promise<() => void>;
  /** What the last count means, in words; `null` where it fits. */
  mismatch(): string | null;
  /** How many follows more than these the server last counted. */
  strangers(): number;
  /** PANIC wants nobody followed, until it is resumed; `null` while that cannot be read. */
  halted(): boolean | null;
  setHalted(halted: boolean): Promise<void>;
}

const NOT_READ = 'The list of follows that the desk keeps was not read yet.';
const NOT_UNDERSTOOD =
  'The list of follows that the desk keeps cannot be understood: it may be of a newer version.';

/** How long after a request without an answer it may still take effect. */
export const LATE_MS = MINUTE_MS;

const RESTARTED =
  'The server no longer knows of it, as after a restart. Nothing is followed again by itself.';

/** The note of a wish that was given up. It may arrive all the same. */
export const NEVER_TOOK_EFFECT =
  'It was asked for without an answer, and by the server’s count it did not take effect.';

export function createFollowBook(
  { backendId, now, emit }: Emit,
  memory: BackendMemory,
  wallet: string | null,
): FollowBook {
  const name = `follows:${(wallet ?? '').toLowerCase()}`;
  const entries = new Map<string, FollowEntry>();
  let loading: Promise<void> | null = null;
  let unread: string | null = NOT_READ;
  /** Taken off before it was known who was on it. */
  const removed = new Set<string>();
  const claimed = new Map<string, Promise<void>>();
  let halted: boolean | null = null;
  let version = 0;
  let count: number | null = null;
  let strangers = 0;
  let holds = 0;

  async function read(): Promise<void> {
    const kept = await memory.recall(name);
    const parsed = stored.safeParse(kept ?? { entries: [], halted: false }).data;
    if (parsed === undefined) throw new Error(NOT_UNDERSTOOD);
    for (const one of parsed.entries)
      if (!entries.has(one.wallet) && !removed.has(one.wallet)) entries.set(one.wallet, one);
    unread = null;
    const isNews = removed.size > 0 || (halted !== null && halted !== parsed.halted);
    halted ??= parsed.halted;
    if (isNews) saveQuietly();
    tell();
  }

  function load(): Promise<void> {
    loading ??= read().catch((error: unknown) => {
      loading = null;
      unread = error instanceof Error ? error.message : NOT_READ;
      throw error;
    });
    return loading;
  }

  /** Never over a list that was not read: it may be the only one that names a follow. */
  async function save(): Promise<void> {
    await load();
    await memory.remember(name, { entries: [...entries.values()], halted: halted === true });
  }

  const active = (): FollowEntry[] => [...entries.values()].filter(({ stage }) => stage !== 'lost');

  function mismatch(): string | null {
    const known = active().filter(({ stage }) => stage !== 'stopping').length;
    if (count === null || count === known) return null;
    return count > known
      ? `The server counts ${count} follows, the desk knows of ${known}: ${count - known} were made elsewhere. PANIC ends those of traders that the server lists; else they are ended on its own page.`
      : `The server counts ${count} follows, the desk asked for ${known}: which of them are missing cannot be told.`;
  }

  function tell(): void {
    if (unread !== null) return;
    const follows = [...entries.values()].map((one): Follow => {
      const isShort = count !== null && count < active().length;
      const stages = {
        asked: 'unverified',
        following: count === null || isShort ? 'unverified' : 'following',
        stopping: 'stopping',
        lost: 'lost',
      } as const;
      const unread =
        count === null ? 'The server’s count of follows has not been read since the start.' : null;
      return {
        backendId,
        id: one.wallet,
        traderName: one.name,
        settings: one.settings,
        state: stages[one.stage],
        note: one.note ?? (one.stage === 'lost' ? RESTARTED : (unread ?? mismatch())),
        sinceMs: one.sinceMs,
        receivedAtMs: now(),
      };
    });
    emit({ type: 'feed', slice: 'follows', backendId, entries: follows, complete: 'all' });
  }

  function lose(why: string): FollowEntry[] {
    const gone = active().filter((one) => !mayBeOnItsWay(one));
    for (const one of gone) {
      if (one.stage === 'stopping') entries.delete(one.wallet);
      else {
        const note = one.stage === 'asked' ? NEVER_TOOK_EFFECT : why;
        entries.set(one.wallet, { ...one, stage: 'lost', note });
      }
    }
    return gone.filter(({ stage }) => stage !== 'stopping');
  }

  /** Only those are counted whose follow was confirmed: of a wish without an answer, nothing came once it cannot arrive any more. */
  function giveUp(all: readonly FollowEntry[]): FollowEntry[] {
    const isOpen = all.some((one) => one.stage === 'stopping' || mayBeOnItsWay(one));
    const never = isOpen ? [] : all.filter(({ stage }) => stage === 'asked');
    for (const one of never) entries.set(one.wallet, { ...one, stage: 'lost', note: NEVER_TOOK_EFFECT });
    return never;
  }

  /** A request that got no answer may still arrive: a count that does not show it proves nothing yet (A5). */
  const mayBeOnItsWay = ({ stage, sinceMs }: FollowEntry): boolean =>
    stage === 'asked' && now() - sinceMs < LATE_MS;

  /** More are counted than are known: wishes that were given up have arrived after all. */
  function revive(counted: number): void {
    const late = [...entries.values()].filter(
      ({ stage, note }) => stage === 'lost' && note === NEVER_TOOK_EFFECT,
    );
    if (counted <= active().length) return;
    for (const one of late) entries.set(one.wallet, { ...one, stage: 'asked', note: null });
  }

  function hold(): () => void {
    holds += 1;
    let isHeld = true;
    return () => {
      if (isHeld) holds -= 1;
      if (isHeld) version += 1;
      isHeld = false;
    };
  }

  function claim(wallet: string): (() => void) | null {
    if (claimed.has(wallet)) return null;
    const release = hold();
    let settle = (): void => undefined;
    claimed.set(wallet, new Promise((resolve) => (settle = resolve)));
    return () => {
      claimed.delete(wallet);
      release();
      settle();
    };
  }

  /** Loses nothing when it fails: the next change writes all of it again, and a reading comes to the same. */
  const saveQuietly = (): void => void save().catch(() => undefined);

  return {
    load,
    unread: () => unread,
    find: (id) => entries.get(id),
    all: () => [...entries.values()],
    active,
    async put(one) {
      version += 1;
      entries.set(one.wallet, one);
      const saving = save();
      tell();
      await saving;
    },
    async remove(wallets) {
      version += 1;
      for (const one of wallets) {
        entries.delete(one);
        if (unread !== null) removed.add(one);
      }
      const saving = save();
      tell();
      await saving;
    },
    judge(counted, asOf) {
      if (unread !== null || asOf !== version || holds > 0) return [];
      count = counted;
      const before = JSON.stringify([...entries.values()]);
      revive(counted);
      const all = active();
      strangers = Math.max(0, counted - all.length);
      let lost: FollowEntry[] = [];
      if (counted === 0) lost = lose(RESTARTED);
      // With all of them counted, what was asked for is there; without those to be ended, these are ended.
      else if (counted === all.length) {
        for (const one of all)
          if (one.stage === 'asked') entries.set(one.wallet, { ...one, stage: 'following', note: null });
      } else if (counted === all.filter(({ stage }) => stage !== 'stopping').length) {
        for (const one of all) if (one.stage === 'stopping') entries.delete(one.wallet);
      } else if (counted === all.filter(({ stage }) => stage === 'following').length) {
        lost = giveUp(all);
      }
      if (JSON.stringify([...entries.values()]) !== before) {
        version += 1;
        saveQuietly();
      }
      tell();
      return lost;
    },
    loseAll(why) {
      const lost = lose(why);
      count = 0;
      strangers = 0;
      version += 1;
      saveQuietly();
      tell();
      return lost;
    },
    version: () => version,
    hold,
    claim,
    async claimNext(wallet) {
      for (;;) {
        const release = claim(wallet);
        if (release !== null) return release;
        await claimed.get(wallet);
      }
    },
    mismatch,
    strangers: () => strangers,
    halted: () => halted,
    setHalted(next) {
      halted = next;
      return save();
    },
  };
}
