import { describe, expect, it } from 'vitest';

import { securitySettings } from '#shared/domain/settings/security.ts';
import type { SecuritySettings } from '#shared/domain/settings/security.ts';
import type { Envelope, RequestName } from '#shared/ipc/contract.ts';

import { createLockGuard } from '../app-lock/guard.ts';
import { APP_PAGE } from '../desktop/windows/app-page.ts';
import { createRouter } from '../ipc/router.ts';
import { silentLogger } from '../lib/logger.ts';
import { askEverything, askFrom, handlersByOne, requestNames } from './every-request.ts';

/** `always` passes in every view, `reading` only where everything shows, `refused` never while locked. */
type Decision = 'always' | 'reading' | 'refused';

/** What becomes of each request while the desk is locked. A request that is added does not compile before somebody decides. */
const DECISIONS: Record<RequestName, Decision> = {
  'alerts.acknowledge': 'refused',
  'app.info': 'always',
  'app.open-place': 'refused',
  'app.report-error': 'always',
  'app.show-window': 'always',
  'assistant.ask': 'refused',
  'assistant.conversations': 'reading',
  'assistant.key': 'reading',
  'assistant.open': 'reading',
  'assistant.open-link': 'refused',
  'assistant.remove': 'refused',
  'assistant.rename': 'refused',
  'assistant.retry': 'refused',
  'assistant.set-key': 'refused',
  'assistant.settle-proposal': 'refused',
  'assistant.show-branch': 'refused',
  'assistant.stop': 'refused',
  'assistant.test': 'refused',
  'attention.seen': 'refused',
  'attention.sound-played': 'always',
  'attention.test': 'refused',
  'backends.describe-authority': 'reading',
  'backends.detect': 'refused',
  'backends.kinds': 'reading',
  'backends.open-exchange': 'refused',
  'backends.read': 'refused',
  'backends.refresh': 'refused',
  'backends.remove': 'refused',
  'backends.save': 'refused',
  'backends.test': 'refused',
  'channels.kinds': 'reading',
  'channels.remove': 'refused',
  'channels.save': 'refused',
  'channels.test': 'refused',
  'command.check': 'reading',
  'command.submit': 'refused',
  'decisions.history': 'reading',
  'desk.snapshot': 'reading',
  'desktop.start-at-login': 'refused',
  'desktop.status': 'reading',
  'help.notices': 'reading',
  'help.save-bundle': 'refused',
  'help.self-check': 'refused',
  'ingest.rotate-key': 'refused',
  'ingest.status': 'reading',
  'journal.day-head': 'reading',
  'journal.export': 'refused',
  'journal.export-cancel': 'refused',
  'journal.retention-preview': 'reading',
  'journal.search': 'reading',
  'journal.verify': 'reading',
  'lock.now': 'always',
  'lock.remove': 'refused',
  'lock.set': 'refused',
  'lock.status': 'always',
  'lock.unlock': 'always',
  'market.candles': 'reading',
  'panic.press': 'always',
  'panic.rehearse': 'refused',
  'panic.resume': 'refused',
  'playback.act': 'reading',
  'playback.kept': 'reading',
  'playback.open': 'reading',
  'playback.state': 'reading',
  'playback.timeline': 'reading',
  'portfolio.at': 'reading',
  'portfolio.history': 'reading',
  'price-alerts.remove': 'refused',
  'price-alerts.restore': 'refused',
  'price-alerts.save': 'refused',
  'report.save-pdf': 'refused',
  'quit.answer': 'always',
  'quit.shown': 'always',
  'rules.dry-run': 'reading',
  'rules.remove': 'refused',
  'rules.save': 'refused',
  'rules.switch': 'refused',
  'settings-file.apply': 'refused',
  'settings-file.export': 'refused',
  'settings-file.last': 'reading',
  'settings-file.open': 'refused',
  'settings-file.undo': 'refused',
  'settings.change': 'refused',
  'settings.get': 'always',
  'sign-in.cancel': 'refused',
  'sign-in.sign-out': 'refused',
  'sign-in.start': 'refused',
  'sign-in.status': 'reading',
  'updates.cancel': 'refused',
  'updates.check': 'refused',
  'updates.download': 'refused',
  'updates.install': 'refused',
  'updates.state': 'reading',
  'vault.change-passphrase': 'refused',
  'vault.lock': 'refused',
  'vault.remove': 'refused',
  'vault.start-anew': 'refused',
  'vault.status': 'reading',
  'vault.unlock': 'refused',
  'vault.use-keychain': 'refused',
  'vault.use-passphrase': 'refused',
  'vault.use-session': 'refused',
  'watch.arm': 'refused',
  'watch.set-heartbeat-address': 'refused',
  'watch.test-heartbeat': 'refused',
};

/** A router as the desk has it, over handlers that only note that they were reached. */
function lockedRouter(security: SecuritySettings, locked = true) {
  const reached: RequestName[] = [];
  const handlers = handlersByOne((name) => {
    reached.push(name);
    throw new Error('It was reached.');
  });
  const guard = createLockGuard({ isLocked: () => locked, security: () => security });
  const router = createRouter({
    handlers,
    isTrusted: () => true,
    refusal: guard.refusal,
    refusedInPast: () => null,
    log: silentLogger,
  });
  const ask = askFrom(router, APP_PAGE);
  return { reached, ask: (name: RequestName, params: unknown) => ask(1, name, params) };
}

const isLocked = (answer: Envelope<unknown>): boolean => !answer.ok && answer.error.code === 'locked';

describe('S7 the router of a locked desk', () => {
  it('knows of every request what becomes of it', () => {
    expect(Object.keys(DECISIONS).sort()).toEqual([...requestNames].sort());
  });

  it.each([
    ['nothing', ['always']],
    ['counts', ['always']],
    ['read-only', ['always', 'reading']],
  ] as const)(
    'that shows %s lets through what was decided, and asks no handler for the rest',
    async (view, passing) => {
      const { reached, ask } = lockedRouter(securitySettings.parse({ whileLocked: view }));
      const wanted: readonly Decision[] = passing;
      // The lock is asked before the parameters are looked at.
      await askEverything(ask, (name, answer, sent) =>
        expect(isLocked(answer), sent).toBe(!wanted.includes(DECISIONS[name])),
      );
      expect(reached.filter((name) => !wanted.includes(DECISIONS[name]))).toEqual([]);
      expect(reached).toContain('panic.press');
    },
  );

  it('lets everything through once it is open', async () => {
    const { ask } = lockedRouter(securitySettings.parse({}), false);
    await askEverything(ask, (_name, answer, sent) => expect(isLocked(answer), sent).toBe(false));
  });
});
