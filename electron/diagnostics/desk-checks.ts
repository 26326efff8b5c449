import type { DesktopStatus, UpdateState } from '#shared/domain/settings/desktop.ts';
import type { IngestStatus } from '#shared/domain/settings/ingest.ts';
import type { JournalHealth, JournalIntegrity } from '#shared/domain/journal/journal.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { HeartbeatState } from '#shared/domain/panic/watch.ts';
import type { VaultStatus } from '#shared/ipc/vault-requests.ts';

import type { Finding } from './finding.ts';
import { failed, notKnown, passed, warning } from './finding.ts';

/** Signed requests are refused, and ages are wrong, when clocks are this far apart. */
const FAR_APART_MS = 30_000;
const TOO_FAR_APART_MS = 300_000;

export function judgeVault({ protection, keychainTrouble, locked, unopened }: VaultStatus): Finding {
  const damaged = unopened.filter(({ why }) => why === 'damaged');
  if (damaged.length > 0)
    return failed(
      `${damaged.length} saved secrets can no longer be opened.`,
      'Type them again in Settings, Credentials.',
    );
  if (locked) return warning('The vault waits for your passphrase.', 'Give it in Settings, Credentials.');
  if (protection === 'session-only')
    return warning(
      `Secrets are kept for this session only: ${keychainTrouble ?? 'there is no keychain.'}`,
      'Unlock the keychain and start again, or set a passphrase in Settings, Credentials.',
    );
  return passed(
    protection === 'passphrase'
      ? 'Secrets are encrypted by your passphrase.'
      : "Secrets are encrypted by the system's keychain.",
  );
}

export function judgeIntegrity({ intact, entries, brokenAtSeq }: JournalIntegrity): Finding {
  return intact
    ? passed(`The chain of ${entries} entries is whole.`)
    : failed(
        `The chain of the journal is broken at entry ${brokenAtSeq ?? 'unknown'}.`,
        'Something changed the file. Keep a copy of it before you go on, and look at that entry in the Journal.',
      );
}

export function judgeJournal({ state, trouble }: JournalHealth): Finding {
  if (state === 'ok') return passed('The journal is written.');
  const words = trouble ?? 'The journal is not as it should be.';
  return state === 'failing' || state === 'read-only'
    ? failed(words, 'Look at disk space and rights below; decisions are not kept while this lasts.')
    : warning(words, 'Nothing to do if it does not come back.');
}

export function judgeHotkeys({ hotkeys, hotkeyLimit }: DesktopStatus): Finding {
  const refused = Object.values(hotkeys).filter((state) => state.kind === 'refused');
  if (refused.length > 0)
    return failed(
      `Another program has ${refused.map(({ keys }) => keys).join(' and ')}.`,
      'Choose other keys in Settings, Halting or This computer.',
    );
  const set = Object.values(hotkeys).filter((state) => state.kind === 'works');
  if (set.length === 0) return passed('No global hotkey is set.');
  if (hotkeyLimit !== null) return warning(hotkeyLimit, 'Try the keys from within another program.');
  return passed(`${set.map(({ keys }) => keys).join(' and ')} are registered.`);
}

export function judgeTray({ hasTray }: DesktopStatus): Finding {
  return hasTray
    ? passed('The desktop shows tray icons.')
    : warning(
        'This desktop shows no tray icons: closing the window ends the desk.',
        'Install the tray extension of your desktop, or leave the window open.',
      );
}

export function judgeUpdates(state: UpdateState): Finding {
  switch (state.kind) {
    case 'unavailable':
      return notKnown(state.why);
    case 'failed':
      return warning(state.message, 'Look again in Settings, Updates.');
    case 'available':
    case 'downloading':
    case 'ready':
      return warning('A newer version is there.', 'Fetch and install it in Settings, Updates.');
    case 'idle':
    case 'checking':
    case 'up-to-date':
      return passed('Updates can be looked for.');
  }
}

/** How far this computer's clock is from those of the backends, as far as their messages tell. */
export function judgeClock(links: readonly Pick<LinkStatus, 'latency'>[]): Finding {
  const skews = links.flatMap(({ latency }) => (latency === null ? [] : [latency.clockBehindMs]));
  if (skews.length === 0) return notKnown('No backend says what time it has.');
  const most = skews.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one), 0);
  const apart = `${Math.round(Math.abs(most) / 1_000)} s`;
  if (Math.abs(most) < FAR_APART_MS) return passed(`The clocks of the backends are within ${apart}.`);
  const words = `The clock of a backend is ${apart} ${most > 0 ? 'behind' : 'ahead of'} this computer’s.`;
  const advice = 'Let this computer set its clock by the network; if it does, tell whoever runs the backend.';
  return Math.abs(most) < TOO_FAR_APART_MS ? warning(words, advice) : failed(words, advice);
}

export function judgeHeartbeat(heartbeat: HeartbeatState | undefined): Finding {
  switch (heartbeat?.state) {
    case undefined:
      return notKnown('The heartbeat was not looked at yet.');
    case 'off':
      return passed('No heartbeat is sent.');
    case 'starting':
      return heartbeat.trouble === null
        ? notKnown('The first heartbeat is on its way.')
        : notTaken(heartbeat.trouble);
    case 'no-address':
      return failed('The heartbeat has no address.', 'Type it in Settings, While you are away.');
    case 'failing':
      return notTaken(heartbeat.trouble ?? 'nobody answers.');
    case 'ok':
      return passed('The heartbeat is taken.');
  }
}

const notTaken = (trouble: string): Finding =>
  failed(`The heartbeat is not taken: ${trouble}`, 'Try it in Settings, While you are away.');

export function judgeIngest(enabled: boolean, { listening, lastError }: IngestStatus): Finding {
  if (!enabled) return passed('The listener for detector scripts is off.');
  return listening
    ? passed('The listener for detector scripts is open.')
    : failed(
        lastError?.message ?? 'The listener does not listen.',
        'Choose another port in Settings, Detector scripts.',
      );
}
