import { join } from 'node:path';

import { app, shell } from 'electron';

import type { AppInfo } from '#shared/ipc/contract.ts';

import { lockedSettings } from '../app-lock/locked-push.ts';
import { hasNotificationButtons } from '../attention/channels/native.ts';
import { systemFigures } from '../desktop/system/system-figures.ts';
import { isOwnPage } from '../desktop/windows/app-page.ts';
import { createDiagnostics } from '../diagnostics/diagnostics.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { refusedInPast, withPast } from '../ipc/past-handlers.ts';
import { createRouter } from '../ipc/router.ts';
import { createSenderCheck } from '../ipc/sender-check.ts';
import type { UpdatesPort } from '../updates/port.ts';
import type { QuitGatePort } from '../watchman/port.ts';
import type { Base } from './base.ts';
import type { Computer } from './computer.ts';
import type { Files } from './files.ts';
import type { Ground } from './ground.ts';
import type { Views } from './views.ts';

export interface RequestParts extends Computer, Files, Views {
  quitGate: QuitGatePort;
  updates: UpdatesPort;
}

/** Answers what windows ask, from here on: a trusted sender, an open lock and the right time are what each request passes first. */
export function answerRequests(base: Base, parts: RequestParts): void {
  const { core, guard, log, requests, settings, windows } = base;
  const { pastPatches, playback } = parts;
  const info = (): AppInfo => appInfo(base);
  const handlers = createHandlers({
    ...base,
    ...core,
    ...parts,
    diagnostics: createDiagnostics({
      ...base,
      ...core,
      folder: base.dataFolder,
      platform: process.platform,
      desktop: parts.desktop,
      updates: parts.updates,
      probes: base.voices.probes,
      home: app.getPath('home'),
      noticesFile: join(base.out, 'THIRD-PARTY-NOTICES.txt'),
      info,
      system: systemFigures,
      chooseFile: parts.chooseFile,
    }),
    settings: { get: () => (guard.showsDesk() ? settings.get() : lockedSettings(settings.get())) },
    past: { playback, showWindow: windows.showPast },
    app: {
      info,
      show: windows.show,
      openLink: (address) => shell.openExternal(address),
      openPlace: (destination, alone) => windows.openIn(alone ? 'apart' : 'own', destination),
    },
  });
  requests.open(
    createRouter({
      handlers: withPast(handlers, {
        playback,
        isPast: windows.isPast,
        patches: pastPatches,
        showPresent: windows.show,
      }),
      isTrusted: createSenderCheck(windows.all, isOwnPage),
      refusal: guard.refusal,
      refusedInPast: refusedInPast(windows.isPast),
      log,
    }),
  );
}

function appInfo({ build, clockFigures, dataFolder }: Ground): AppInfo {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    node: process.versions.node,
    chrome: process.versions.chrome,
    platform: process.platform,
    dataFolder,
    clock: clockFigures,
    notificationButtons: hasNotificationButtons(process.platform),
    revision: build.revision,
    notForRelease: build.notForRelease,
  };
}
