import type { Notice } from '#shared/domain/attention/attention.ts';
import type { SecuritySettings } from '#shared/domain/settings/security.ts';
import type { RequestName } from '#shared/ipc/contract.ts';

import type { LockGuard } from './port.ts';

/** What passes in every view: halting, unlocking, and what a window needs to stand at all. */
const ALWAYS: ReadonlySet<string> = new Set<RequestName>([
  'app.info',
  'app.report-error',
  'app.show-window',
  'attention.sound-played',
  'lock.now',
  'lock.status',
  'lock.unlock',
  'panic.press',
  'quit.answer',
  'quit.shown',
  'settings.get',
]);

/** What passes besides where everything shows and nothing acts. Reads of a backend are not among them: some write on its server. */
const READING: ReadonlySet<string> = new Set<RequestName>([
  'assistant.conversations',
  'assistant.key',
  'assistant.open',
  'backends.describe-authority',
  'backends.kinds',
  'channels.kinds',
  'command.check',
  'decisions.history',
  'desk.snapshot',
  'desktop.status',
  'help.notices',
  'ingest.status',
  'journal.day-head',
  'journal.retention-preview',
  'journal.search',
  'journal.verify',
  'market.candles',
  'playback.act',
  'playback.kept',
  'playback.open',
  'playback.state',
  'playback.timeline',
  'portfolio.at',
  'portfolio.history',
  'rules.dry-run',
  'settings-file.last',
  'sign-in.status',
  'updates.state',
  'vault.status',
]);

const LOCKED = 'The desk is locked. Unlock it first; PANIC works all the same.';

export interface LockGuardParts {
  isLocked(): boolean;
  security(): SecuritySettings;
}

/** Refuses by name, and what has no name here is refused: a request that is added later is locked until somebody says otherwise. */
export function createLockGuard({ isLocked, security }: LockGuardParts): LockGuard {
  const showsDesk = (): boolean => !isLocked() || security().whileLocked === 'read-only';
  return {
    showsDesk,
    refusal(requestName) {
      if (!isLocked() || ALWAYS.has(requestName)) return null;
      return showsDesk() && READING.has(requestName) ? null : LOCKED;
    },
    veil: (notice) => (!isLocked() || security().textsWhileLocked ? notice : veiled(notice)),
    decisionRefusal: () =>
      !isLocked() || security().decideWhileLocked
        ? null
        : 'The desk is locked, and Settings say that nothing is decided then. Unlock it to decide.',
  };
}

/** How urgent it is stays; what it is about does not, nor where a click would lead. */
const veiled = (notice: Notice): Notice => ({
  ...notice,
  backendId: null,
  title: notice.severity === 'critical' ? 'Something urgent needs you' : 'Something new on the desk',
  body: 'The desk is locked. Unlock Quarterdeck to see it.',
  destination: { place: 'deck', itemId: null },
  approvalKey: null,
});
