import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { Snooze } from '#shared/domain/attention/attention-policy.ts';
import type { AttentionVerdict } from '#shared/domain/attention/attention-verdict.ts';
import { attentionVerdict } from '#shared/domain/attention/attention-verdict.ts';
import type { Notice, SoundName } from '#shared/domain/attention/attention.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';
import { told } from '#shared/told.ts';
import { inEnglish, t } from '#shared/words.ts';

import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import { Disposables } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import { createBursts } from './bursts.ts';
import { createDelivery } from './delivery.ts';
import type { Reminder } from './escalation.ts';
import { createEscalation } from './escalation.ts';
import { alertNotice } from './policy/alerts.ts';
import { type Considered, single } from './policy/considered.ts';
import { createManners } from './policy/manners.ts';
import { createPolicy } from './policy/policy.ts';
import { isPractice, nameOf, titleText } from './policy/words.ts';
import type { NoticeChannel, Outbound, SoundRequest } from './port.ts';
import { createSnoozes } from './snoozes.ts';
import { createSounds } from './sound.ts';
import { TEST_WORDS } from './test-words.ts';

export interface AttentionParts {
  desk: DeskPort;
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  journal: Pick<JournalPort, 'append'>;
  clock: Clock;
  log: Logger;
  /** Says something to the window; false when there is none. */
  push: <N extends PushName>(name: N, payload: DeskPushes[N]) => boolean;
  /** The system's notifications; `null` where there are none. */
  native: NoticeChannel | null;
  /** Plays where the window does not: in a page of its own, which nobody sees. */
  spareSound: ((request: SoundRequest) => boolean) | null;
  /** Makes the task bar ask for attention, unless the person looks at the window. */
  flash: () => void;
  /** The channels beyond this computer. */
  outbound: Pick<Outbound, 'offer' | 'withdraw'>;
  /** A notice as it may be told now: while the desk is locked, its words may be hidden (S7). */
  veil?: (notice: Notice) => Notice;
}

export interface AttentionHub {
  /** Delivers a test notice by the same way as any other; resolves when each channel has said what became of it. */
  test(sound: SoundName): Promise<Notice>;
  /** A page's answer to a sound it was asked to play. */
  soundPlayed(playId: string, error: string | null): void;
  /** Trouble of the desk itself, which no part of its state tells. */
  tellTrouble(trouble: Pick<Notice, 'title' | 'body' | 'destination'>): void;
  /** The person has seen a notice: it is told no more. An alert is open until it is acknowledged. */
  seen(noticeKey: string): void;
  dispose(): void;
}

const NO_RULE: AttentionVerdict = {
  native: null,
  sound: null,
  window: null,
  outbound: null,
  attempted: true,
};

/** Listens to the desk and brings what deserves it to the person: policy, the person's rules, bursts, channels, journal. */
export function createAttentionHub(parts: AttentionParts): AttentionHub {
  const { desk, clock, log, push, native, outbound, settings } = parts;
  const disposables = new Disposables();
  const manners = createManners(() => settings.get().attentionPolicy);
  const policy = createPolicy(desk, clock.now(), manners);
  const players = [(request: SoundRequest) => push('attention.play-sound', request)];
  if (parts.spareSound !== null) players.push(parts.spareSound);
  const sound = createSounds(clock, players);
  const deliver = createDelivery({
    settings: () => settings.get().attention,
    native,
    sound,
    showInWindow: (notice) => push('attention.notice', notice),
    flash: parts.flash,
    journal: parts.journal,
    clock,
  });
  const escalation = createEscalation(clock, send);
  const bursts = createBursts(clock, (considered) => {
    escalation.watch(considered);
    send(considered, null);
  });
  const snoozes = createSnoozes(clock, tellSnoozed);
  let tests = 0;
  let troubles = 0;

  function verdictOf({ notice, occasion, alert }: Considered): AttentionVerdict {
    const { backendId, severity } = notice;
    const practice = backendId !== null && isPractice(desk, backendId);
    return inEnglish(() =>
      attentionVerdict(
        settings.get().attentionPolicy,
        { occasion, backendId, practice, severity, alert },
        { nowMs: clock.now(), nameOf: (id) => nameOf(desk, id) },
      ),
    );
  }

  /** What a rule hides is counted apart, so that it neither opens nor fills the bursts of what is told. */
  function consider(considered: Considered): void {
    const verdict = verdictOf(considered);
    if (!verdict.attempted) return;
    if (verdict.window === null) bursts.offer(considered);
    else bursts.offer({ ...considered, family: `hidden/${considered.family ?? considered.notice.key}` });
  }

  function send(considered: Considered, reminder: Reminder | null): void {
    const { occasion } = considered;
    const verdict = verdictOf(considered);
    const notice = parts.veil?.(considered.notice) ?? considered.notice;
    const hasOutbound = settings.get().channels.some(({ enabled }) => enabled);
    if (verdict.outbound === null) outbound.offer(notice, reminder?.nextChannel ?? false);
    const louder = reminder?.louder ?? null;
    deliver({ notice, occasion, verdict, louder, hasOutbound }).catch((error: unknown) =>
      log.error('notice not delivered', { error: String(error) }),
    );
  }

  function withdraw(key: string): void {
    const keys = bursts.withdraw(key);
    for (const shownAs of keys) {
      escalation.withdraw(shownAs);
      native?.withdraw(shownAs);
      outbound.withdraw(shownAs);
    }
    push('attention.withdrawn', { noticeKeys: keys });
  }

  /** A snooze is over: what is still open of it is told again. */
  function tellSnoozed({ group }: Snooze): void {
    const open = [...desk.entries('alerts')].filter(
      ([, alert]) => alert.acknowledgedAtMs === null && entryKey(alert.backendId, alert.groupKey) === group,
    );
    const newest = open.sort(([, a], [, b]) => b.receivedAtMs - a.receivedAtMs)[0];
    if (newest === undefined) return;
    const considered = alertNotice(desk, manners, ...newest);
    const title = titleText(t('Back after a snooze: {title}', { title: considered.notice.title }));
    consider({ ...considered, notice: { ...considered.notice, title }, family: null });
  }

  disposables.add(() => bursts.dispose());
  disposables.add(() => escalation.dispose());
  disposables.add(() => snoozes.dispose());
  snoozes.follow(settings.get().attentionPolicy.snoozes);
  disposables.add(settings.onChange((changed) => snoozes.follow(changed.attentionPolicy.snoozes)));
  disposables.add(
    desk.onPatches((patches, event) => {
      const { notices, withdrawn } = policy(patches, event);
      for (const key of withdrawn) withdraw(key);
      for (const considered of notices) consider(considered);
    }),
  );

  return {
    async test(soundName) {
      tests += 1;
      const notice = testNotice(soundName, tests);
      await deliver({ notice, occasion: null, verdict: NO_RULE, louder: null, hasOutbound: false });
      return notice;
    },
    soundPlayed: (playId, error) => sound.played(playId, error),
    tellTrouble(trouble) {
      troubles += 1;
      const manner = manners('desk-trouble', null);
      consider(
        single('desk-trouble', {
          ...trouble,
          title: told(trouble.title),
          body: told(trouble.body),
          ...manner,
          key: `desk/${troubles}`,
          backendId: null,
          approvalKey: null,
        }),
      );
    },
    seen(noticeKey) {
      if (!noticeKey.startsWith('alert/')) escalation.withdraw(noticeKey);
      native?.withdraw(noticeKey);
    },
    dispose: () => disposables.dispose(),
  };
}

function testNotice(sound: SoundName, number: number): Notice {
  const severity: Severity = sound === 'critical' || sound === 'kill' ? 'critical' : 'medium';
  return {
    key: `test/${number}`,
    backendId: null,
    ...TEST_WORDS,
    severity,
    sound,
    destination: { place: 'settings', itemId: null },
    approvalKey: null,
  };
}
