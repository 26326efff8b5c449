import type { Notice, NoticeOutcome } from '#shared/domain/attention.ts';
import type { AttentionSettings } from '#shared/domain/settings.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { NoticeChannel, SoundPort } from './port.ts';

type Channel = NoticeOutcome['channel'];

export interface DeliveryParts {
  settings: () => AttentionSettings;
  /** `null` where the system has no notifications. */
  native: NoticeChannel | null;
  sound: SoundPort;
  /** Shows the notice in the window; false when there is none. */
  showInWindow(notice: Notice): boolean;
  journal: Pick<JournalPort, 'append'>;
  clock: Clock;
}

/** A channel that does not say what became of an attempt within this time has failed. */
const ANSWER_MS = 15_000;
const IN_WINDOW_ONLY = 'What matters little is shown in the window alone.';

/**
 * Tries every channel at once and journals what became of each attempt (L1). The window is told always: what could not
 * be shown on the system is seen there. Never rejects.
 */
export function createDelivery(parts: DeliveryParts): (notice: Notice) => Promise<NoticeOutcome[]> {
  const { native, sound, clock, journal } = parts;

  return async (notice) => {
    const { notifications, sound: soundOn, volume } = parts.settings();
    const outcomes = await Promise.all([
      attempt('native', () => {
        if (notice.severity === 'low') return muted('native', IN_WINDOW_ONLY);
        if (!notifications) return muted('native', 'Notifications are switched off in the settings.');
        if (native === null) return blocked('native', 'This system shows no notifications.');
        return native.deliver(notice);
      }),
      attempt('sound', () => {
        if (notice.severity === 'low') return muted('sound', IN_WINDOW_ONLY);
        if (!soundOn || volume === 0) return muted('sound', 'Sound is switched off in the settings.');
        return sound.play(notice.sound, volume);
      }),
      attempt('in-app', () =>
        parts.showInWindow(notice) ? shown('in-app') : failed('in-app', 'No window was open.'),
      ),
    ]);
    journal.append({
      atMs: clock.now(),
      kind: 'notification',
      backendId: notice.backendId,
      summary: `${notice.title} (${outcomes.map(({ channel, result }) => `${channel}: ${result}`).join(', ')})`,
      data: { notice: asJournaled(notice), outcomes },
    });
    return outcomes;
  };

  function attempt(
    channel: Channel,
    run: () => NoticeOutcome | Promise<NoticeOutcome>,
  ): Promise<NoticeOutcome> {
    const { promise, resolve } = Promise.withResolvers<NoticeOutcome>();
    const cancel = clock.after(ANSWER_MS, () =>
      resolve(failed(channel, 'It did not say what became of it.')),
    );
    const answer = new Promise<NoticeOutcome>((settle) => settle(run()));
    answer.then(resolve, (error: unknown) => resolve(failed(channel, wordsOf(error))));
    return promise.finally(cancel);
  }
}

/** A member called `key` is hidden in the journal as a secret would be, so what the notice is about goes by another name. */
const asJournaled = ({ key, ...rest }: Notice) => ({ about: key, ...rest });

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

const shown = (channel: Channel): NoticeOutcome => ({ channel, result: 'shown', reason: null });
const muted = (channel: Channel, reason: string): NoticeOutcome => ({ channel, result: 'muted', reason });
const blocked = (channel: Channel, reason: string): NoticeOutcome => ({ channel, result: 'blocked', reason });
const failed = (channel: Channel, reason: string): NoticeOutcome => ({ channel, result: 'failed', reason });
