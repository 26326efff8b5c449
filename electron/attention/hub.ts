import type { Severity } from '#shared/domain/alert.ts';
import type { Notice, SoundName } from '#shared/domain/attention.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';

import type { DeskPort } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import { Disposables } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import { createBursts } from './bursts.ts';
import { createDelivery } from './delivery.ts';
import { createEscalation } from './escalation.ts';
import type { Considered } from './policy/considered.ts';
import { createPolicy } from './policy/policy.ts';
import type { NoticeChannel, Outbound } from './port.ts';
import { createWindowSound } from './sound.ts';
import { TEST_WORDS } from './test-words.ts';

export interface AttentionParts {
  desk: DeskPort;
  settings: Pick<SettingsPort, 'get'>;
  journal: Pick<JournalPort, 'append'>;
  clock: Clock;
  log: Logger;
  /** Says something to the window; false when there is none. */
  push: <N extends PushName>(name: N, payload: DeskPushes[N]) => boolean;
  /** The system's notifications; `null` where there are none. */
  native: NoticeChannel | null;
  /** The channels beyond this computer. */
  outbound: Pick<Outbound, 'offer' | 'withdraw'>;
}

export interface AttentionHub {
  /** Delivers a test notice by the same way as any other; resolves when each channel has said what became of it. */
  test(sound: SoundName): Promise<Notice>;
  /** The window's answer to a sound it was asked to play. */
  soundPlayed(playId: string, error: string | null): void;
  dispose(): void;
}

/** Listens to the desk and brings what deserves it to the person: policy, bursts, channels, journal. */
export function createAttentionHub(parts: AttentionParts): AttentionHub {
  const { desk, clock, log, push, native, outbound } = parts;
  const disposables = new Disposables();
  const policy = createPolicy(desk, clock.now());
  const sound = createWindowSound(clock, (request) => push('attention.play-sound', request));
  const deliver = createDelivery({
    settings: () => parts.settings.get().attention,
    native,
    sound,
    showInWindow: (notice) => push('attention.notice', notice),
    journal: parts.journal,
    clock,
  });
  const escalation = createEscalation(clock, send);
  const bursts = createBursts(clock, (considered) => {
    escalation.watch(considered);
    send(considered);
  });
  let tests = 0;

  function send({ notice }: Considered): void {
    outbound.offer(notice);
    deliver(notice).catch((error: unknown) => log.error('notice not delivered', { error: String(error) }));
  }

  function withdraw(key: string): void {
    escalation.withdraw(key);
    for (const shownAs of bursts.withdraw(key)) {
      native?.withdraw(shownAs);
      outbound.withdraw(shownAs);
    }
  }

  disposables.add(() => bursts.dispose());
  disposables.add(() => escalation.dispose());
  disposables.add(
    desk.onPatches((patches, event) => {
      const { notices, withdrawn } = policy(patches, event);
      for (const key of withdrawn) withdraw(key);
      for (const considered of notices) bursts.offer(considered);
    }),
  );

  return {
    async test(soundName) {
      tests += 1;
      const notice = testNotice(soundName, tests);
      await deliver(notice);
      return notice;
    },
    soundPlayed: (playId, error) => sound.played(playId, error),
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
