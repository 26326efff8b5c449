import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { hasProgram, runOrThrow } from './run.mjs';

/** What Electron needs on a bare Debian 12. */
const FOR_ELECTRON = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxrandr2',
  'libxss1',
  'libxtst6',
  'libsecret-1-0',
  'libnotify4',
  'libatspi2.0-0',
];

/** What the end-to-end tests need besides: a session bus, a keyring, fonts. */
const FOR_TESTS = ['dbus', 'dbus-x11', 'gnome-keyring', 'fonts-dejavu-core', 'fonts-noto-core'];

/** Installs what is missing as root on a Debian-like system; elsewhere on Linux prints the one command to run. */
export function ensureSystemLibraries({ forTests }) {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version') || !hasProgram('dpkg-query')) return;
  const wanted = forTests ? [...FOR_ELECTRON, ...FOR_TESTS] : FOR_ELECTRON;
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;

  if (process.getuid?.() !== 0) {
    console.warn(
      `Some system libraries are missing. Install them with:\n  sudo apt-get install -y ${missing.join(' ')}`,
    );
    return;
  }
  console.log(`Installing system libraries: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  runOrThrow('apt-get', ['update', '-qq'], quiet);
  runOrThrow('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet);
}

/** Newer systems renamed some of these (`libgtk-3-0t64`); the name they provide counts as well. */
function isInstalled(name) {
  return [name, `${name}t64`].some((candidate) => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}', candidate], {
      encoding: 'utf8',
    });
    return stdout === 'installed';
  });
}
