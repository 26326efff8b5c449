import type { Notice, NoticeOutcome, SoundName } from '#shared/domain/attention.ts';

/** A way to reach the person. An attempt always tells what became of it (L1). */
export interface NoticeChannel {
  deliver(notice: Notice): Promise<NoticeOutcome>;
  /** The thing the notice was about is dealt with: take it away where that is possible (A6). */
  withdraw(noticeKey: string): void;
}

/** Plays one of our sounds; resolves to what became of it. */
export interface SoundPort {
  play(sound: SoundName, volume: number): Promise<NoticeOutcome>;
}
