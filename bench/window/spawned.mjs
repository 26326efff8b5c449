import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import WebSocket from 'ws';

import { harnessEnvironment } from '../../e2e/session.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';

const APPEARS_WITHIN_MS = 30_000;
const ENDS_WITHIN_MS = 10_000;

/**
 * Starts an Electron as a person does, without a driver that holds its start or listens to it: `script` in place of the desk, with further
 * words. `look` opens a page's own debugger when it is first asked.
 */
export function spawnElectron(env = {}, script = projectRoot, words = []) {
  const environment = harnessEnvironment();
  const { executablePath, args, cwd } = JSON.parse(environment.QUARTERDECK_E2E_ELECTRON);
  const ownArgs = args.map((arg) => (arg === projectRoot ? script : arg));
  const spawnedAtMs = performance.timeOrigin + performance.now();
  const child = spawn(executablePath, ['--remote-debugging-port=0', ...ownArgs, ...words], {
    cwd,
    env: { ...environment, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const listening = addressOf(child);
  listening.catch(() => undefined);
  return {
    spawnedAtMs,
    pid: child.pid,
    async look() {
      const page = await lookAt(await pageOf(await listening));
      await loaded(page);
      return page;
    },
    async end() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const giveUp = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
      await gone;
      clearTimeout(giveUp);
    },
  };
}

/** Chromium says where it can be asked. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error('Electron did not start')), APPEARS_WITHIN_MS);
    child.once('exit', (code) => reject(new Error(`Electron ended with code ${code}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, port] = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line) ?? [];
      if (port === undefined) return;
      clearTimeout(giveUp);
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

/** The first page that is one of a window, not the one that plays sounds. */
async function pageOf(address) {
  const givesUpAtMs = performance.now() + APPEARS_WITHIN_MS;
  for (;;) {
    const pages = await (await fetch(`${address}/json/list`)).json();
    const page = pages.find(({ type, url }) => type === 'page' && !url.includes('sound'));
    if (page !== undefined) return page.webSocketDebuggerUrl;
    if (performance.now() > givesUpAtMs) throw new Error('no window came');
    await pause(5);
  }
}

/** A page that is still on its way to its document has nothing to run in. */
async function loaded(page) {
  const givesUpAtMs = performance.now() + APPEARS_WITHIN_MS;
  for (;;) {
    const isThere = await page
      .run(() => location.protocol !== 'about:' && document.body !== null)
      .catch(() => false);
    if (isThere) return;
    if (performance.now() > givesUpAtMs) throw new Error('the window stayed empty');
    await pause(5);
  }
}

async function lookAt(address) {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const waiting = new Map();
  let number = 0;
  socket.on('message', (text) => {
    const { id, result, error } = JSON.parse(text);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the page is gone'));
  });
  function send(method, params) {
    number += 1;
    socket.send(JSON.stringify({ id: number, method, params }));
    return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
  }
  return {
    /** Runs in the page with arguments that are data; resolves to what it resolves to. */
    async run(act, ...given) {
      const expression = `(${act})(...${JSON.stringify(given)})`;
      const options = { awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, ...options });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    close: () => socket.close(),
  };
}
