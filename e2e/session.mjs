import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findElectron } from '../scripts/lib/electron-runtime.mjs';
import { electronArguments, electronEnvironment } from '../scripts/lib/launch.mjs';
import { projectRoot } from '../scripts/lib/paths.mjs';

/** Set inside the session, so that a script started again in it knows where it is. */
const INSIDE = 'QUARTERDECK_TEST_SESSION';
const SCREEN = '-screen 0 1600x1000x24 -nolisten tcp';

/** Whether this process already runs in a session of the tests' own, or on a system that needs none. */
export const isInsideSession = () => process.platform !== 'linux' || process.env[INSIDE] === '1';

/**
 * Runs this script again with a screen, a session bus and a keyring that belong to the tests alone: nothing shows on the
 * person's desktop, nothing is read from their keyring, and nothing is left behind. Returns the exit code.
 */
export function runInOwnSession(script, args) {
  const program = ['xvfb-run', '-a', '-s', SCREEN, process.execPath, script, ...args];
  const { status, error } = spawnSync('dbus-run-session', ['--', ...program], {
    stdio: ['inherit', 'inherit', 'inherit'],
    env: { ...process.env, [INSIDE]: '1' },
  });
  if (error) throw new Error(`The tests need dbus-run-session and xvfb-run (${error.message}).`);
  return status ?? 1;
}

/** Starts an unlocked keyring on this session's bus, kept in a folder of its own. Resolves to what ends it. */
export async function startKeyring() {
  if (process.platform !== 'linux') return () => {};
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-keyring-'));
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder };
  // With a runtime folder it would put its socket there, beside the person's own, and not say when it listens.
  delete env.XDG_RUNTIME_DIR;
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  daemon.on('error', () => {});
  daemon.stdin.end('\n');
  // It says where it listens once it does.
  await new Promise((resolve, reject) => {
    daemon.stdout.once('data', resolve);
    daemon.once('error', reject);
    daemon.once('exit', (code) => reject(new Error(`gnome-keyring-daemon ended with code ${code}`)));
  });
  daemon.stdout.resume();
  return () => {
    daemon.removeAllListeners('exit');
    daemon.kill();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The environment in which the harness finds the Electron to run and how to call it. */
export function harnessEnvironment() {
  const electron = findElectron();
  if (electron === null)
    throw new Error('There is no Electron yet; run `node scripts/bootstrap.mjs --tests` first.');
  const launch = {
    executablePath: join(electron.folder, electron.binary),
    // The keyring is the session's own, never the person's.
    args: [...electronArguments(), '--password-store=gnome-libsecret', projectRoot],
    cwd: projectRoot,
  };
  return {
    ...electronEnvironment(electron),
    NO_AT_BRIDGE: '1',
    TZ: zoneInTheMorning(),
    QUARTERDECK_E2E_ELECTRON: JSON.stringify(launch),
  };
}

/** A time zone in which it is about nine in the morning: no day, and with it no limit or report of a day, ends while tests run. */
function zoneInTheMorning() {
  const ahead = 9 - new Date().getUTCHours();
  const hours = ahead < -12 ? ahead + 24 : ahead;
  // Signs are the other way round in these names.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
