import type { AttentionHub } from '../attention/hub.ts';
import type { NativeChannel } from '../attention/channels/native.ts';
import { createNativeChannel } from '../attention/channels/native.ts';
import type { QuickDecision } from '../desktop/quick-decision.ts';
import { parseApprovalKey } from '../desktop/quick-decision.ts';
import { createSystemProbes } from '../desktop/system/system-probes.ts';
import type { SoundPage } from '../desktop/windows/sound-page.ts';
import { createSoundPage } from '../desktop/windows/sound-page.ts';
import type { SystemProbes } from '../diagnostics/port.ts';
import type { Front } from './front.ts';

/** What makes the desk heard where its window cannot: the system's notifications, and a page that plays sounds. */
export interface Voices {
  native: NativeChannel;
  soundPage: SoundPage;
  /** The self-check plays through the same page. */
  probes: SystemProbes;
}

export interface VoiceParts {
  /** Asked only once the desk runs: it speaks by these voices. */
  attention(): Pick<AttentionHub, 'seen' | 'soundPlayed'>;
  decide(decision: QuickDecision): Promise<void>;
}

export function createVoices({ ends, log, realClock, windows }: Front, parts: VoiceParts): Voices {
  const { attention, decide } = parts;
  const native = createNativeChannel({
    realClock,
    platform: process.platform,
    open: windows.open,
    seen: (noticeKey) => attention().seen(noticeKey),
    decide(approvalKey, act) {
      const approval = parseApprovalKey(approvalKey);
      if (approval !== null) void decide({ origin: 'notification', act, ...approval });
    },
  });
  /** Who waits for the sound that the self-check plays, by its id. */
  const probed = new Map<string, (error: string | null) => void>();
  const soundPage = createSoundPage({
    realClock,
    log,
    answer(playId, error) {
      const probe = probed.get(playId);
      if (probe === undefined) attention().soundPlayed(playId, error);
      else probe(error);
      probed.delete(playId);
    },
  });
  ends.add(soundPage.dispose);
  const probes = createSystemProbes(soundPage, (playId, listener) => void probed.set(playId, listener));
  return { native, soundPage, probes };
}
