import { delimiter } from 'node:path';

import type { ElectronApplication, Page } from '@playwright/test';
import { _electron } from '@playwright/test';

import { WAIT_LIMIT_MS } from '../../electron/lib/testing/soon.ts';
import { askRaw } from './window.ts';

export interface LaunchOptions {
  dataFolder: string;
  /** Port of the practice desk's control server; none when left out, as for a person. */
  controlPort?: number;
  /** How much faster than real the desk's clock runs. */
  clockFactor?: number;
  /** The practice desk does nothing by itself. */
  quietPractice?: boolean;
  /** Folder into which files are saved without the system's dialog. */
  saveTo?: string;
  /** File that is opened where the system's dialog would ask which. */
  openFrom?: string;
  /** Further words of the command line. */
  words?: readonly string[];
  /** Chromium's store of passwords; the session's keyring when left out. */
  passwordStore?: string;
  /** Another session bus than that of the tests. */
  busAddress?: string;
  /** Where Discord is for this desk. */
  discordAddress?: string;
  /** A folder whose programs come before the system's. */
  programs?: string;
}

export interface RunningDesk {
  app: ElectronApplication;
  page: Page;
  /** What the main process wrote to its output. */
  output(): string;
  close(): Promise<void>;
}

/** Starts the built application as a person would, on a data folder of the test's own, and waits for its window. */
export async function launchDesk(options: LaunchOptions): Promise<RunningDesk> {
  const command = { ...launchCommand(options), timeout: WAIT_LIMIT_MS };
  const app = await _electron.launch(command).catch((error: unknown) => {
    // On a busy machine the driver now and then attaches to an Electron that runs and then never hears from it.
    process.stderr.write(`The driver did not reach the application, started again: ${String(error)}\n`);
    return _electron.launch(command);
  });
  let output = '';
  app.process().stdout?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  app.process().stderr?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const page = await app.firstWindow({ timeout: WAIT_LIMIT_MS }).catch((error: unknown) => {
    app.process().kill('SIGKILL');
    throw new Error(`no window came: ${String(error)}\n${output}`);
  });
  // The driver knows the window before its page is there, and the page comes before the desk that answers it.
  await page.locator('#root').waitFor({ state: 'attached', timeout: WAIT_LIMIT_MS });
  await askRaw(page, 'app.info', {});
  return { app, page, output: () => output, close: () => closeDesk(app) };
}

/** Quits as a person would; an application that does not end is a failure, and does not hold up the tests after it. */
async function closeDesk(app: ElectronApplication): Promise<void> {
  const end = { forced: false };
  const giveUp = setTimeout(() => {
    end.forced = true;
    app.process().kill('SIGKILL');
  }, WAIT_LIMIT_MS);
  await app.close();
  clearTimeout(giveUp);
  if (end.forced) throw new Error('the application did not quit');
}

/** How one start of the application is called. */
export function launchCommand(options: LaunchOptions) {
  const { executablePath, args, cwd } = runtime();
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value;
  }
  env.QUARTERDECK_DATA = options.dataFolder;
  if (options.controlPort !== undefined) env.QUARTERDECK_PRACTICE_CONTROL = String(options.controlPort);
  if (options.clockFactor !== undefined) env.QUARTERDECK_CLOCK = String(options.clockFactor);
  if (options.quietPractice === true) env.QUARTERDECK_PRACTICE_QUIET = '1';
  if (options.saveTo !== undefined) env.QUARTERDECK_SAVE_TO = options.saveTo;
  if (options.openFrom !== undefined) env.QUARTERDECK_OPEN_FROM = options.openFrom;
  if (options.busAddress !== undefined) env.DBUS_SESSION_BUS_ADDRESS = options.busAddress;
  if (options.discordAddress !== undefined) env.QUARTERDECK_DISCORD = options.discordAddress;
  if (options.programs !== undefined) env.PATH = `${options.programs}${delimiter}${env.PATH ?? ''}`;
  const { passwordStore } = options;
  const ownArgs = args.map((arg) =>
    passwordStore !== undefined && arg.startsWith('--password-store=')
      ? `--password-store=${passwordStore}`
      : arg,
  );
  return { executablePath, args: [...ownArgs, ...(options.words ?? [])], cwd, env };
}

/** Which Electron to run; `e2e/session.mjs` finds it and says it in the environment. */
function runtime(): { executablePath: string; args: string[]; cwd: string } {
  const given = process.env.QUARTERDECK_E2E_ELECTRON;
  if (given === undefined) throw new Error('Run the end-to-end tests with `node e2e/run.mjs`.');
  return JSON.parse(given) as { executablePath: string; args: string[]; cwd: string };
}
