import { randomUUID } from 'node:crypto';

import type { BrowserWindow } from 'electron';
import { app, shell } from 'electron';

import type { Destination } from '#shared/domain/attention/attention.ts';

import { createAppLock } from '../app-lock/app-lock.ts';
import { lockFigures } from '../app-lock/figures.ts';
import { createLockGuard } from '../app-lock/guard.ts';
import { lockedDecisions } from '../app-lock/locked-decisions.ts';
import { lockedPush } from '../app-lock/locked-push.ts';
import type { AppLock, LockGuard } from '../app-lock/port.ts';
import type { Core } from '../core.ts';
import { createCore } from '../core.ts';
import { appName } from '../desktop/lifecycle/app-name.ts';
import type { QuickDecision } from '../desktop/quick-decision.ts';
import { createQuickDecision } from '../desktop/quick-decision.ts';
import { createSleepGuard } from '../desktop/system/sleep-guard.ts';
import type { Push } from '../ipc/register.ts';
import { createPush, createPushToAll } from '../ipc/register.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Vault } from '../vault/vault.ts';
import type { Front } from './front.ts';
import type { Stores } from './stores.ts';
import { openStores } from './stores.ts';
import type { Voices } from './voices.ts';
import { createVoices } from './voices.ts';

/** What every part of the program is wired to: the ground, what is kept, the desk itself, and how it is seen and heard. */
export interface Base extends Front, Omit<Stores, 'conversations' | 'vault'> {
  journal: JournalPort;
  voices: Voices;
  core: Core;
  /** The vault itself is reached through `core`, which journals what changes in it. */
  closeVault: Vault['close'];
  lock: AppLock;
  guard: LockGuard;
  /** Says something to the windows, as far as a locked desk may. */
  push: Push;
  pushTo(window: BrowserWindow | null): Push;
  /** Decides as the tray and a notification's buttons do. */
  decide(decision: QuickDecision): Promise<void>;
  /** Keeps in the journal what became of the program itself. */
  note(event: string, summary: string): void;
  /** Says something in the window that concerns the desk itself, and keeps it in the journal. */
  tell(place: Destination['place'], title: string, body: string): void;
}

/** Nothing connects before `core.start()`. */
export function layBase(front: Front, journal: JournalPort): Base {
  const { clock, dataFolder, ends, launch, log, settings, windows } = front;
  const { conversations, latchFile, vault, deriveKey } = openStores(front);
  const security = () => settings.get().security;

  /** The desk is looked at by the lock and speaks through its guard, which therefore comes first. */
  let isLocked = (): boolean => false;
  const guard = createLockGuard({ isLocked: () => isLocked(), security });
  const pushTo = (window: BrowserWindow | null): Push =>
    lockedPush(
      createPush(() => window),
      guard,
    );
  const push = lockedPush(createPushToAll(createPush(windows.own), windows.others), guard);

  const voices = createVoices(front, {
    attention: () => core.attention,
    decide: (decision) => decide(decision),
  });
  const core = createCore({
    clock,
    log,
    random: Math.random,
    settings,
    vault,
    journal,
    conversations,
    latchFile,
    push,
    native: voices.native,
    spareSound: voices.soundPage.play,
    flash: windows.flash,
    keepAwake: createSleepGuard(),
    veil: guard.veil,
    openBrowser: (address) => shell.openExternal(address),
    discordAddress: launch.discordAddress,
  });
  const lock = createAppLock({
    folder: dataFolder,
    security,
    vault: core.vault,
    figures: lockFigures(core.desk, () => {
      const { limits, attentionPolicy } = settings.get();
      return { nowMs: clock.now(), limits, attention: attentionPolicy };
    }),
    journal,
    deriveKey,
    clock,
    log,
  });
  isLocked = lock.isLocked;
  ends.add(lock.dispose);

  function write(summary: string, data: Record<string, string>): void {
    journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data });
  }
  const note = (event: string, summary: string): void => write(summary, { event });
  function tell(place: Destination['place'], title: string, body: string): void {
    write(`${title}: ${body}`, {});
    core.attention.tellTrouble({ title, body, destination: { place, itemId: null } });
  }

  const decideNow = createQuickDecision({
    door: core.door,
    newRequestId: randomUUID,
    open: windows.open,
    tell: (outcome) => tell('approvals', 'Not decided yet', outcome.message),
  });
  const decide = lockedDecisions(decideNow, guard, (refusal) => {
    windows.show();
    tell('approvals', 'Not decided', refusal);
  });

  note('started', `${appName} ${app.getVersion()} was started`);
  return {
    ...front,
    journal,
    latchFile,
    deriveKey,
    voices,
    core,
    closeVault: vault.close,
    lock,
    guard,
    push,
    pushTo,
    decide,
    note,
    tell,
  };
}
