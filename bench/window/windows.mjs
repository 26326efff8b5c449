import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { _electron } from '@playwright/test';

import { harnessEnvironment } from '../../e2e/session.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';

const TICK_MS = 10;
const ATTACH_TIMEOUT_MS = 20_000;
const WINDOW_TIMEOUT_MS = 20_000;
const HELD_UNTIL_ATTACHED = ['-r', join(import.meta.dirname, 'hold-ready.cjs')];

/** Starts an Electron as the end-to-end tests do; `script` in place of the desk, with further words. Tried again once where it is lost. */
export async function launch(env = {}, script = projectRoot, words = []) {
  try {
    return await start(env, script, words);
  } catch (error) {
    // On a busy machine the driver now and then attaches to an Electron that runs and then never hears from it.
    process.stderr.write(`\nThe window did not come and is started again: ${String(error).split('\n')[0]}\n`);
    return start(env, script, words);
  }
}

async function start(env, script, words) {
  const environment = harnessEnvironment();
  const { executablePath, args, cwd } = JSON.parse(environment.QUARTERDECK_E2E_ELECTRON);
  const ownArgs = args.map((arg) => (arg === projectRoot ? script : arg));
  const app = await _electron.launch({
    executablePath,
    cwd,
    args: [...HELD_UNTIL_ATTACHED, ...ownArgs, ...words],
    env: { ...environment, ...env },
    timeout: ATTACH_TIMEOUT_MS,
  });
  try {
    return { app, page: await app.firstWindow({ timeout: WINDOW_TIMEOUT_MS }) };
  } catch (error) {
    app.process().kill('SIGKILL');
    throw error;
  }
}

/** Frames of a page and processor time of all its application's processes, over so long. */
export async function watch({ app, page }, ms) {
  const before = cpuMs(app.process().pid);
  const startedAtMs = performance.now();
  const intervals = await page.evaluate(framesOver, ms);
  const tookMs = performance.now() - startedAtMs;
  const sorted = intervals.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;
  return {
    fps: (intervals.length / intervals.reduce((sum, one) => sum + one, 0)) * 1_000,
    p50: at(0.5),
    p99: at(0.99),
    cpu: ((cpuMs(app.process().pid) - before) / tookMs) * 100,
  };
}

/** Runs in the page. Ends after that long, at the next frame that comes. */
function framesOver(ms) {
  return new Promise((resolve) => {
    const intervals = [];
    let last = null;
    const startedAtMs = performance.now();
    function frame(nowMs) {
      if (last !== null) intervals.push(nowMs - last);
      last = nowMs;
      if (performance.now() - startedAtMs >= ms && intervals.length > 0) resolve(intervals);
      else requestAnimationFrame(frame);
    }
    requestAnimationFrame(frame);
  });
}

/** Processor time of a process and all that it started. */
export function cpuMs(pid) {
  return tree(pid).reduce((sum, one) => sum + ticksOf(one) * TICK_MS, 0);
}

/** Memory of a process and all that it started, shared pages counted by their share. */
export function pssMib(pid) {
  return tree(pid).reduce((sum, one) => {
    const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(read(one, 'smaps_rollup')) ?? [];
    return sum + Number(kilobytes ?? 0) / 1_024;
  }, 0);
}

function tree(root) {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(fields(Number(name))[1])]),
  );
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

/** What stands behind the name of the program, which may hold anything: state, parent, … utime and stime. */
const fields = (pid) => read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
const ticksOf = (pid) => Number(fields(pid)[11] ?? 0) + Number(fields(pid)[12] ?? 0);

function read(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

export const stageScript = new URL('stage.cjs', import.meta.url).pathname;
