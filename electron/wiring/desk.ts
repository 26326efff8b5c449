import type { DeepLinks } from '../desktop/lifecycle/deep-links.ts';
import type { JournalPort } from '../journal/port.ts';
import { layBase } from './base.ts';
import { meetComputer, startHotkeys, watchComputer } from './computer.ts';
import { createFiles } from './files.ts';
import type { Front } from './front.ts';
import { openLinks } from './links.ts';
import { watchLock } from './lock.ts';
import { showMenu, showTray } from './menus.ts';
import { startPractice } from './practice.ts';
import { closeInOrder, guardQuitting } from './quitting.ts';
import { answerRequests } from './requests.ts';
import { followUpdates } from './updates.ts';
import { feedViews } from './views.ts';

/** The order of the start behind the window: the desk, what it is seen by, and only then the connections. */
export async function startDesk(front: Front, journal: JournalPort, links: DeepLinks): Promise<void> {
  const base = layBase(front, journal);
  const { core, settings, tell } = base;

  const quitGate = guardQuitting(base);
  const views = feedViews(base);
  const files = createFiles(base);
  const updates = followUpdates(base, quitGate);
  const computer = meetComputer(base);
  answerRequests(base, { ...views, ...files, ...computer, quitGate, updates });

  showTray(base, quitGate);
  front.attach({ ...base, ...views, quitGate });
  showMenu(base, { ...views, quitGate });
  openLinks(base, links);
  closeInOrder(base, views.moments);
  watchComputer(base);
  startHotkeys(base, computer.hotkeys);
  watchLock(base);

  // First a panic that was latched before, then what could be halted by it.
  await core.start();
  if (settings.trouble !== null) tell('settings', 'Not all settings were taken over', settings.trouble);
  startPractice(base);
}
