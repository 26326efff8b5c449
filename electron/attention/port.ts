import type { Notice, NoticeOutcome, SoundName } from '#shared/domain/attention/attention.ts';
import type {
  ChannelConfig,
  ChannelDelivery,
  ChannelKindDescriptor,
} from '#shared/domain/attention/channel.ts';
import type { DeskPushes } from '#shared/ipc/contract.ts';

/** A way to reach the person. An attempt always tells what became of it (L1). */
export interface NoticeChannel {
  deliver(notice: Notice): Promise<NoticeOutcome>;
  /** The thing the notice was about is dealt with: take it away where that is possible (A6). */
  withdraw(noticeKey: string): void;
}

/** What a page is asked to play; it answers under `playId`. */
export type SoundRequest = DeskPushes['attention.play-sound'];

/** Plays one of our sounds; resolves to what became of it. */
export interface SoundPort {
  play(sound: SoundName, volume: number): Promise<NoticeOutcome>;
}

/** The channels beyond this computer: who is told what, and what became of it. */
export interface Outbound {
  kinds(): ChannelKindDescriptor[];
  /** Goes on with what waited when the desk ended. */
  start(): Promise<void>;
  /**
   * Queues the notice for every channel that wants it. `unacknowledged`: it was told before and nobody acknowledged it, so
   * channels that are kept for that want it too. Never throws, never waits.
   */
  offer(notice: Notice, unacknowledged?: boolean): void;
  withdraw(noticeKey: string): void;
  /** Throws with words for a channel that makes no sense. */
  check(config: ChannelConfig): void;
  /** An empty secret leaves what is there. Rejects with words for a channel that makes no sense. */
  save(config: ChannelConfig, secrets: Record<string, string>): Promise<ChannelConfig>;
  remove(channelId: string): Promise<void>;
  /** Sends a test message once to each recipient, with what was typed and not yet saved. */
  test(config: ChannelConfig, secrets: Record<string, string>): Promise<ChannelDelivery[]>;
  dispose(): void;
}
