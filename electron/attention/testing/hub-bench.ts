import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import type { Notice, NoticeOutcome } from '#shared/domain/attention/attention.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { AttentionSettings, Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';

import { createDesk } from '../../desk/desk.ts';
import type { JournalRecord } from '../../journal/port.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { createAttentionHub } from '../hub.ts';
import type { NoticeChannel, SoundRequest } from '../port.ts';

export const START_MS = 1_800_000_000_000;

/** A desk, and channels that note what they are given; the window answers sounds unless it is told not to. */
export function createBench(
  options: { native?: NoticeChannel | null; window?: boolean; mute?: boolean; spare?: boolean } = {},
) {
  const clock = createManualClock(START_MS);
  const desk = createDesk(silentLogger);
  const attention: AttentionSettings = { notifications: true, sound: true, volume: 0.5 };
  let stored: Settings = { ...settingsSchema.parse({}), attention };
  const settings = () => stored;
  const listeners = new Set<(changed: Settings) => void>();
  const bench = {
    clock,
    desk,
    attention,
    setPolicy(change: Partial<AttentionPolicySettings>) {
      stored = { ...stored, attentionPolicy: { ...stored.attentionPolicy, ...change } };
      for (const listener of listeners) listener(stored);
    },
    unacknowledged: [] as boolean[],
    spareSounds: [] as SoundRequest[],
    withdrawnInApp: [] as string[],
    window: options.window ?? true,
    answersSounds: !(options.mute ?? false),
    native: [] as Notice[],
    outbound: [] as Notice[],
    outboundWithdrawn: [] as string[],
    withdrawn: [] as string[],
    inApp: [] as Notice[],
    flashes: 0,
    sounds: [] as DeskPushes['attention.play-sound'][],
    journal: [] as JournalRecord[],
    titles: () => bench.native.map((notice) => notice.title),
    outcomes: (index = -1) => {
      const data = bench.journal.at(index)?.data as { outcomes: NoticeOutcome[] } | undefined;
      return Object.fromEntries((data?.outcomes ?? []).map((item) => [item.channel, item]));
    },
    dispatch: (...events: DeskEvent[]) => events.forEach((event) => desk.dispatch(event)),
  };
  const native: NoticeChannel = {
    async deliver(notice) {
      bench.native.push(notice);
      return { channel: 'native', result: 'shown', reason: null };
    },
    withdraw: (key) => void bench.withdrawn.push(key),
  };
  function push<N extends PushName>(name: N, payload: DeskPushes[N]): boolean {
    if (!bench.window) return false;
    record(name, payload);
    return true;
  }
  function record(name: PushName, payload: unknown): void {
    if (name === 'attention.notice') bench.inApp.push(payload as Notice);
    if (name === 'attention.withdrawn')
      bench.withdrawnInApp.push(...(payload as DeskPushes['attention.withdrawn']).noticeKeys);
    if (name !== 'attention.play-sound') return;
    const request = payload as DeskPushes['attention.play-sound'];
    bench.sounds.push(request);
    if (bench.answersSounds) queueMicrotask(() => hub.soundPlayed(request.playId, null));
  }
  const hub = createAttentionHub({
    desk,
    settings: {
      get: settings,
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    spareSound:
      options.spare !== true
        ? null
        : (request) => {
            bench.spareSounds.push(request);
            queueMicrotask(() => hub.soundPlayed(request.playId, null));
            return true;
          },
    flash: () => void (bench.flashes += 1),
    journal: { append: (entry) => void bench.journal.push(entry) },
    clock,
    log: silentLogger,
    push,
    native: options.native === undefined ? native : options.native,
    outbound: {
      offer: (notice, unacknowledged) => {
        bench.outbound.push(notice);
        bench.unacknowledged.push(unacknowledged ?? false);
      },
      withdraw: (key) => void bench.outboundWithdrawn.push(key),
    },
  });
  return Object.assign(bench, { hub });
}
