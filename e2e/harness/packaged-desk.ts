import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { z } from 'zod';

import { APP_PAGE } from '../../electron/desktop/windows/app-page.ts';
import type { LaunchOptions } from './launch.ts';
import { launchCommand } from './launch.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LOOK_EVERY_MS = 50;

export interface PackagedDesk {
  page: Page;
  /** Resolves to its exit code when it has ended by itself. */
  ended: Promise<number | null>;
  output(): string;
  kill(): void;
}

/** Puts the application together as a folder and answers its program. */
export function packageDesk(): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join('scripts', 'package.mjs'), '--unpacked'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`packaging failed\n${stdout}\n${stderr}`);
  const program = stdout.split('\n').find((line) => line.startsWith('dist'));
  if (program === undefined) throw new Error(`packaging named no program\n${stdout}`);
  return join(ROOT, program);
}

/**
 * Starts the packaged program as a person would and looks at its window over the debugging port of the page: a packaged desk
 * lets nobody into its main process.
 */
export async function startPackagedDesk(
  program: string,
  options: LaunchOptions,
  env: Record<string, string> = {},
): Promise<PackagedDesk> {
  const command = launchCommand(options);
  // Without the folder of the sources, which the packaged program has within it.
  const args = [...command.args.filter((arg) => arg.startsWith('--')), '--remote-debugging-port=0'];
  const child = spawn(program, args, { env: { ...command.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const address = await debuggingAddress(child, ended, (text) => (output += text));
  await pageIsThere(address, ended);
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the packaged desk has no window');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return { page, ended, output: () => output, kill: () => void child.kill('SIGKILL') };
}

/**
 * The window opens at once, and nobody can hold a packaged program's start back. A driver that attaches while a page is on its way
 * from the empty document to its own can miss that it arrived, and waits for it for good.
 */
async function pageIsThere(address: string, ended: Promise<number | null>): Promise<void> {
  const { host } = new URL(address);
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver) {
    const pages = z
      .array(z.object({ url: z.string() }))
      .parse(await (await fetch(`http://${host}/json/list`)).json());
    if (pages.some(({ url }) => url.startsWith(APP_PAGE))) return;
    await pause(LOOK_EVERY_MS);
  }
}

function debuggingAddress(
  child: ChildProcess,
  ended: Promise<number | null>,
  onText: (text: string) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      onText(chunk.toString('utf8'));
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) => reject(new Error(`the packaged desk ended with ${code}\n${text}`)));
  });
}
