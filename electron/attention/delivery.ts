import type { AttentionVerdict } from '#shared/domain/attention/attention-verdict.ts';
import type { Notice, NoticeOutcome, SoundName } from '#shared/domain/attention/attention.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';
import type { AttentionSettings } from '#shared/domain/settings/settings.ts';

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
  /** Makes the window's entry in the task bar ask for attention, unless the person looks at it. */
  flash(): void;
  journal: Pick<JournalPort, 'append'>;
  clock: Clock;
}

/** A notice with what the person's rules say about it. */
export interface Delivery {
  notice: Notice;
  /** `null`: a test, which has no row. */
  occasion: Occasion | null;
  verdict: AttentionVerdict;
  /** Another sound and volume than usual: something critical that nobody acknowledged. */
  louder: { sound: SoundName; volume: number } | null;
  /** What the channels beyond this computer are told is their own affair; that a rule keeps it from them is said here. */
  hasOutbound: boolean;
}

/** A channel that does not say what became of an attempt within this time has failed. */
const ANSWER_MS = 15_000;
const IN_WINDOW_ONLY = 'What matters little is shown in the window alone.';

/**
 * Tries every channel at once and journals what became of each attempt (L1), with the rule that muted it. The window is
 * told unless a rule hides the matter altogether: what could not be shown on the system is seen there, and the task bar
 * flashes for it. Never rejects.
 */
export function createDelivery(parts: DeliveryParts): (delivery: Delivery) => Promise<NoticeOutcome[]> {
  const { native, sound, clock, journal } = parts;

  return async ({ notice, occasion, verdict, louder, hasOutbound }) => {
    const { notifications, sound: soundOn, volume } = parts.settings();
    const outcomes = await Promise.all([
      attempt('native', () => {
        if (verdict.native !== null) return muted('native', verdict.native);
        if (notice.severity === 'low') return muted('native', IN_WINDOW_ONLY);
        if (!notifications) return muted('native', 'Notifications are switched off in the settings.');
        if (native === null) return blocked('native', 'This system shows no notifications.');
        return native.deliver(notice);
      }),
      attempt('sound', () => {
        if (verdict.sound !== null) return muted('sound', verdict.sound);
        if (notice.severity === 'low') return muted('sound', IN_WINDOW_ONLY);
        if (!soundOn || volume === 0) return muted('sound', 'Sound is switched off in the settings.');
        const name = louder?.sound ?? notice.sound;
        if (name === null) return muted('sound', 'No sound was chosen for it.');
        return sound.play(name, louder === null ? volume : Math.max(volume, louder.volume));
      }),
      attempt('in-app', () => {
        if (verdict.window !== null) return muted('in-app', verdict.window);
        return parts.showInWindow(notice) ? shown('in-app') : failed('in-app', 'No window was open.');
      }),
    ]);
    if (hasOutbound && verdict.outbound !== null) outcomes.push(muted('outbound', verdict.outbound));
    if (verdict.window === null && wantsFlash(notice, outcomes)) parts.flash();
    journal.append({
      atMs: clock.now(),
      kind: 'notification',
      backendId: notice.backendId,
      summary: `${notice.title} (${outcomes.map(({ channel, result }) => `${channel}: ${result}`).join(', ')})`,
      data: { notice: asJournaled(notice), occasion, outcomes },
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

/** What is critical, and what the system was asked to show and did not. */
const wantsFlash = ({ severity }: Notice, outcomes: readonly NoticeOutcome[]): boolean =>
  severity === 'critical' ||
  outcomes.some(
    ({ channel, result }) => channel === 'native' && (result === 'blocked' || result === 'failed'),
  );

/** A member called `key` is hidden in the journal as a secret would be, so what the notice is about goes by another name. */
const asJournaled = ({ key, ...rest }: Notice) => ({ about: key, ...rest });

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

const shown = (channel: Channel): NoticeOutcome => ({ channel, result: 'shown', reason: null });
const muted = (channel: Channel, reason: string): NoticeOutcome => ({ channel, result: 'muted', reason });
const blocked = (channel: Channel, reason: string): NoticeOutcome => ({ channel, result: 'blocked', reason });
const failed = (channel: Channel, reason: string): NoticeOutcome => ({ channel, result: 'failed', reason });
