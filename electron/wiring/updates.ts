import { app, net } from 'electron';

import { findUpdateEngine } from '../updates/find-engine.ts';
import type { UpdatesPort } from '../updates/port.ts';
import { createUpdates } from '../updates/updates.ts';
import type { QuitGate } from '../watchman/quit-gate.ts';
import type { Base } from './base.ts';

/** Looks for newer releases; one that was fetched may be put in place as the desk ends. */
export function followUpdates(base: Base, quitGate: Pick<QuitGate, 'request'>): UpdatesPort {
  const { build, ends, log, push, realClock, settings, tell } = base;
  const updates = createUpdates({
    engine: findUpdateEngine({
      isPackaged: app.isPackaged,
      notForRelease: build.notForRelease,
      feed: build.updates,
      resourcesFolder: process.resourcesPath,
      platform: process.platform,
      arch: process.arch,
      env: process.env,
      fetch: (address, init) => net.fetch(address, init),
      log,
    }),
    settings,
    realClock,
    log,
    onState: (state) => push('updates.state', state),
    onFound: ({ version }) =>
      tell('settings', 'An update is there', `Version ${version} can be fetched in Settings, Updates.`),
    requestQuit: () => quitGate.request(),
  });
  ends.add(updates.dispose);
  app.on('quit', (_event, code) => {
    if (code === 0) updates.quitting();
  });
  return updates;
}
