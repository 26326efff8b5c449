import { Notification } from 'electron';

import type { Destination, Notice, NoticeOutcome } from '#shared/domain/attention/attention.ts';

import type { Clock } from '../../lib/clock.ts';
import type { NoticeChannel } from '../port.ts';
import { isDoNotDisturb } from './do-not-disturb.ts';

/** What a button on a notification decides. */
export type NoticeDecision = 'approval.approve' | 'approval.decline';

export interface NativeChannelParts {
  /** The machine's own time: how long the system may take to show something. */
  realClock: Clock;
  platform: NodeJS.Platform;
  open(destination: Destination): void;
  /** The person clicked a notice. */
  seen(noticeKey: string): void;
  /** A button was pressed: decides through the command door, with all of its guards. */
  decide(approvalKey: string, act: NoticeDecision): void;
}

export interface NativeChannel extends NoticeChannel {
  /** Takes away everything that this desk's notifications still say. */
  withdrawAll(): void;
}

const SHOW_TIMEOUT_MS = 5_000;
/** A system keeps hundreds of old notices; only the newest can still be withdrawn or clicked here. */
const MAX_KEPT = 200;

const BUTTONS: readonly { act: NoticeDecision; label: string }[] = [
  { act: 'approval.approve', label: 'Approve' },
  { act: 'approval.decline', label: 'Decline' },
];

/**
 * Whether Electron passes buttons on to this system's notifications. On Linux it does not: the notification carries the
 * click on itself and nothing else (seen on the bus with Electron 42).
 */
export const hasNotificationButtons = (platform: NodeJS.Platform): boolean =>
  platform === 'darwin' || platform === 'win32';

/** The system's own notifications. Buttons are a convenience where there are any; a click always opens the item (L2). */
export function createNativeChannel({
  realClock,
  platform,
  open,
  seen,
  decide,
}: NativeChannelParts): NativeChannel {
  const shown = new Map<string, Notification>();
  const buttons = hasNotificationButtons(platform) ? BUTTONS : [];

  function deliver(notice: Notice): Promise<NoticeOutcome> {
    if (!Notification.isSupported()) {
      return Promise.resolve(outcome('blocked', 'This system shows no notifications.'));
    }
    const { approvalKey } = notice;
    const notification = new Notification({
      title: plain(notice.title, platform),
      body: plain(notice.body, platform),
      // The desk plays its own sound, which the person can set and mute.
      silent: true,
      urgency: notice.severity === 'critical' ? 'critical' : notice.severity === 'low' ? 'low' : 'normal',
      timeoutType: notice.severity === 'critical' ? 'never' : 'default',
      actions: approvalKey === null ? [] : buttons.map(({ label }) => ({ type: 'button', text: label })),
    });
    notification.on('click', () => {
      open(notice.destination);
      seen(notice.key);
    });
    notification.on('action', ({ actionIndex }) => {
      const button = buttons[actionIndex];
      if (approvalKey !== null && button !== undefined) decide(approvalKey, button.act);
    });
    notification.on('close', () => {
      if (shown.get(notice.key) === notification) shown.delete(notice.key);
    });
    keep(notice.key, notification);
    return show(notification).then(heldBack);
  }

  /** A system that holds notifications back takes them all the same; then the person has seen nothing. */
  async function heldBack(settled: NoticeOutcome): Promise<NoticeOutcome> {
    if (settled.result !== 'shown' || (await isDoNotDisturb(platform)) !== true) return settled;
    return outcome('blocked', 'The system holds it back: do not disturb is on.');
  }

  function show(notification: Notification): Promise<NoticeOutcome> {
    return new Promise((resolve) => {
      const cancel = realClock.after(SHOW_TIMEOUT_MS, () =>
        resolve(outcome('failed', 'The system did not confirm that it showed the notification.')),
      );
      const settle = (settled: NoticeOutcome): void => {
        cancel();
        resolve(settled);
      };
      notification.once('show', () => settle(outcome('shown', null)));
      notification.once('failed', (_event, error) =>
        settle(
          outcome('failed', error === '' ? 'The system refused it.' : `The system refused it: ${error}`),
        ),
      );
      notification.show();
    });
  }

  function keep(key: string, notification: Notification): void {
    withdraw(key);
    shown.set(key, notification);
    const [oldest] = shown.keys();
    if (shown.size > MAX_KEPT && oldest !== undefined) shown.delete(oldest);
  }

  function withdraw(key: string): void {
    const earlier = shown.get(key);
    shown.delete(key);
    earlier?.close();
  }

  return {
    deliver,
    withdraw,
    withdrawAll() {
      for (const key of [...shown.keys()]) withdraw(key);
    },
  };
}

/** Some Linux notification servers read mark-up in a text; a bot's words must stay words. */
function plain(text: string, platform: NodeJS.Platform): string {
  return platform === 'linux' ? text.replaceAll('<', '‹').replaceAll('>', '›') : text;
}

function outcome(result: NoticeOutcome['result'], reason: string | null): NoticeOutcome {
  return { channel: 'native', result, reason };
}
