import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DesktopStatus } from '#shared/domain/settings/desktop.ts';

import { createManualClock } from '../../lib/clock.ts';
import { startTestDesk } from '../../testing/test-desk.ts';
import type { DiagnosticsParts } from '../diagnostics.ts';
import { createDiagnostics } from '../diagnostics.ts';

export const desktop: DesktopStatus = {
  hotkeys: { panic: { kind: 'none' }, show: { kind: 'none' } },
  hotkeyLimit: null,
  hasTray: true,
  login: { kind: 'off' },
};

/** A whole desk in plain Node with its diagnostics, in a folder of its own; `over` stands in for what only a system can tell. */
export async function startDiagnosedDesk(over: Partial<DiagnosticsParts> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'diagnostics-'));
  const logFolder = join(folder, 'logs');
  mkdirSync(logFolder);
  const clock = createManualClock();
  const desk = await startTestDesk(folder, clock);
  const saved: { path: string | null } = { path: join(folder, 'bundle.zip') };
  const diagnostics = createDiagnostics({
    ...desk.core,
    folder,
    platform: 'linux',
    journal: desk.journal,
    settings: { get: () => desk.settings.get(), trouble: null },
    desktop: { status: () => Promise.resolve(desktop) },
    updates: { state: () => ({ kind: 'idle' }) },
    probes: {
      notificationTrouble: () => Promise.resolve(null),
      soundTrouble: () => Promise.resolve(null),
      crashDumps: () => Promise.resolve(2),
    },
    logFolder,
    home: '/home/planted-person',
    noticesFile: join(folder, 'notices.txt'),
    info: () => ({
      version: '0.1.0',
      electron: '45',
      node: '24',
      chrome: '140',
      platform: 'linux',
      dataFolder: folder,
      notificationButtons: false,
      revision: null,
      notForRelease: null,
    }),
    system: () => ({ arch: 'x64' }),
    chooseFile: () => Promise.resolve(saved.path),
    realClock: clock,
    clock,
    ...over,
  });
  return {
    ...desk,
    clock,
    folder,
    logFolder,
    saved,
    diagnostics,
    async stop(): Promise<void> {
      await desk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type DiagnosedDesk = Awaited<ReturnType<typeof startDiagnosedDesk>>;
