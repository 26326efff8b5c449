/** Builds what changed and opens Quarterdeck. Further arguments go to the app. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { ensureBuilt } from './lib/build.mjs';
import { findElectron } from './lib/electron-runtime.mjs';
import { electronArguments, electronEnvironment } from './lib/launch.mjs';
import { projectRoot } from './lib/paths.mjs';

const isHeadless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
if (isHeadless) {
  console.error(
    'There is no display to open a window on. Start it from a desktop session, or give it a virtual one:\n' +
      '  xvfb-run -a npm start',
  );
  process.exit(1);
}

ensureBuilt();
const electron = findElectron();
console.log(`Starting Quarterdeck on Electron ${electron.version} (${electron.source})`);
const child = spawn(
  join(electron.folder, electron.binary),
  [...electronArguments(), projectRoot, ...process.argv.slice(2)],
  { stdio: 'inherit', env: electronEnvironment(electron) },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
