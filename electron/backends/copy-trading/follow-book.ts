import { z } from 'zod';

import type { Follow } from '#shared/domain/copy-trading.ts';
import { followSettings } from '#shared/domain/copy-trading.ts';
import { epochMs } from '#shared/time.ts';

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
  /** Rejects while what was written down cannot be read: then nobody knows who is followed. */
  load(): Promise<void>;
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
  /** What the last count means, in words; `null` where it fits. */
  mismatch(): string | null;
  /** PANIC wants nobody followed, until it is resumed. */
  halted(): boolean;
  setHalted(halted: boolean): Promise<void>;
}

const RESTARTED =
  'The server no longer knows of it, as after a restart. Nothing is followed again by itself.';

const NEVER_TOOK_EFFECT =
  'It was asked for without an answer, and by the server’s count it did not take effect.';

export function createFollowBook(
  { backendId, now, emit }: Emit,
  memory: BackendMemory,
  wallet: string | null,
): FollowBook {
  const name = `follows:${(wallet ?? '').toLowerCase()}`;
  const entries = new Map<string, FollowEntry>();
  let loading: Promise<void> | null = null;
  let halted = false;
  let version = 0;
  let count: number | null = null;
  let holds = 0;

  async function load(): Promise<void> {
    const parsed = stored.safeParse(await memory.recall(name)).data;
    for (const one of parsed?.entries ?? []) if (!entries.has(one.wallet)) entries.set(one.wallet, one);
    halted ||= parsed?.halted ?? false;
    tell();
  }

  const save = (): Promise<void> => memory.remember(name, { entries: [...entries.values()], halted });
  const active = (): FollowEntry[] => [...entries.values()].filter(({ stage }) => stage !== 'lost');

  function mismatch(): string | null {
    const known = active().filter(({ stage }) => stage !== 'stopping').length;
    if (count === null || count === known) return null;
    return count > known
      ? `The server counts ${count} follows, the desk knows of ${known}: ${count - known} were made elsewhere and can be ended only on the server’s own page.`
      : `The server counts ${count} follows, the desk asked for ${known}: which of them are missing cannot be told.`;
  }

  function tell(): void {
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
    const gone = active();
    for (const one of gone) {
      if (one.stage === 'stopping') entries.delete(one.wallet);
      else {
        const note = one.stage === 'asked' ? NEVER_TOOK_EFFECT : why;
        entries.set(one.wallet, { ...one, stage: 'lost', note });
      }
    }
    return gone.filter(({ stage }) => stage !== 'stopping');
  }

  /** Loses nothing when it fails: the next change writes all of it again, and a reading comes to the same. */
  const saveQuietly = (): void => void save().catch(() => undefined);

  return {
    load() {
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
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
      for (const one of wallets) entries.delete(one);
      const saving = save();
      tell();
      await saving;
    },
    judge(counted, asOf) {
      if (asOf !== version || holds > 0) return [];
      count = counted;
      const before = JSON.stringify([...entries.values()]);
      const all = active();
      let lost: FollowEntry[] = [];
      if (counted === 0) lost = lose(RESTARTED);
      // With all of them counted, what was asked for is there; without those to be ended, these are ended.
      else if (counted === all.length) {
        for (const one of all)
          if (one.stage === 'asked') entries.set(one.wallet, { ...one, stage: 'following', note: null });
      } else if (counted === all.filter(({ stage }) => stage !== 'stopping').length) {
        for (const one of all) if (one.stage === 'stopping') entries.delete(one.wallet);
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
      version += 1;
      saveQuietly();
      tell();
      return lost;
    },
    version: () => version,
    hold() {
      holds += 1;
      let isHeld = true;
      return () => {
        if (isHeld) holds -= 1;
        if (isHeld) version += 1;
        isHeld = false;
      };
    },
    mismatch,
    halted: () => halted,
    setHalted(next) {
      halted = next;
      return save();
    },
  };
}
