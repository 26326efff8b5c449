import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from './harness/desk-test.ts';
import { findFreePort } from './harness/free-port.ts';
import { ask, askRaw } from './harness/window.ts';

const SECRET = 'planted-owner-7f3a9c51e2d84b06';

test('S1 a secret given to the desk is in nothing that it writes, and nowhere in the window', async ({
  desk,
  dataFolder,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  const config = {
    id: 'main',
    kind: 'coinruler',
    name: 'Main bot',
    address: `http://127.0.0.1:${await findFreePort()}`,
    colour: '#4fd1a5',
    practice: false,
    enabled: true,
    allowPlainHttp: false,
  };
  await ask(page, 'backends.test', { config, secrets: { ownerId: SECRET } });
  await ask(page, 'backends.save', { config, secrets: { ownerId: SECRET } });
  const status = await ask(page, 'vault.status', {});
  expect(status.protection).toBe('system-keychain');
  expect(status.secrets).toMatchObject([{ backendId: 'main', name: 'ownerId' }]);

  // Acts that would send it, and fail, so that errors and the audit are written as well.
  await ask(page, 'panic.press', { origin: 'window' });
  await expect
    .poll(async () =>
      (await ask(page, 'desk.snapshot', {})).slices.panic.some(([, panic]) => panic.kind === 'latched'),
    )
    .toBe(true);
  for (const place of ['Settings', 'Journal', 'Bot room']) {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.content()).not.toContain(SECRET);
  }
  expect(JSON.stringify(await ask(page, 'desk.snapshot', {}))).not.toContain(SECRET);
  expect(JSON.stringify(await ask(page, 'journal.search', {}))).not.toContain(SECRET);
  expect(desk.output()).not.toContain(SECRET);

  await desk.close();
  const written = filesBelow(dataFolder).filter((file) => readFileSync(file).includes(SECRET));
  expect(written).toEqual([]);
});

test('S2 the window has no way out: no Node, no other page, no new window, no permission, no request', async ({
  desk,
}) => {
  const { app, page } = desk;
  const seen = await page.evaluate(WAYS_OUT);
  expect(seen).toEqual({
    node: [],
    bridge: ['on', 'request'],
    opened: false,
    notification: 'denied',
    fetched: 'refused',
    file: 'refused',
    outside: 404,
    inlineScript: false,
    evaluated: false,
  });

  const address = page.url();
  await page.evaluate("void (location.href = 'https://example.com/')");
  await page.evaluate("void (location.href = 'file:///etc/passwd')");
  expect(page.url()).toBe(address);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('S2 a request that is not in the contract, or not of its shape, is answered with an error', async ({
  desk,
}) => {
  const { page } = desk;
  const codes: Record<string, unknown> = {};
  for (const [name, params] of [
    ['vault.reveal', { backendId: 'main', name: 'ownerId' }],
    ['__proto__', {}],
    ['constructor', {}],
    ['panic.press', { origin: 'the moon' }],
    ['command.submit', { origin: 'window' }],
    ['chat.stop', { streamId: 7 }],
  ] as const) {
    const envelope = await askRaw(page, name, params);
    codes[name] = envelope.ok ? 'ok' : envelope.error.code;
  }
  expect(Object.entries(codes)).toEqual([
    ['vault.reveal', 'unknown-request'],
    ['constructor', 'unknown-request'],
    ['panic.press', 'bad-request'],
    ['command.submit', 'bad-request'],
    ['chat.stop', 'bad-request'],
  ]);
});

test('S2 a foreign page is not answered, even with the bridge of the desk', async ({ desk }) => {
  const { app } = desk;
  const preload = join(import.meta.dirname, '..', 'out', 'preload', 'preload.cjs');
  const code = await app.evaluate(async ({ BrowserWindow }, script) => {
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload: script, sandbox: true } });
    await stranger.loadURL('data:text/html,<p>stranger</p>');
    const envelope: unknown = await stranger.webContents.executeJavaScript(
      `quarterdeck.request('app.info', {})`,
    );
    stranger.destroy();
    return JSON.stringify(envelope);
  }, preload);
  expect(code).toContain('forbidden-sender');
});

/** Tried inside the page, where there is a DOM and this file's types do not reach. */
const WAYS_OUT = `(async () => {
  const answers = (address) => fetch(address).then(() => 'answered', () => 'refused');
  const script = document.createElement('script');
  script.textContent = 'globalThis.injected = true';
  document.head.append(script);
  // In a task of its own: what the debugger evaluates directly is let off the policy.
  const evaluated = await new Promise((resolve) => setTimeout(() => {
    try {
      resolve(new Function('return true')());
    } catch {
      resolve(false);
    }
  }));
  return {
    node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
    bridge: Object.keys(quarterdeck).sort(),
    opened: open('https://example.com/') !== null,
    notification: await Notification.requestPermission(),
    fetched: await answers('https://example.com/'),
    file: await answers('file:///etc/passwd'),
    outside: (await fetch('app://quarterdeck/..%2f..%2fpackage.json')).status,
    inlineScript: 'injected' in globalThis,
    evaluated,
  };
})()`;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}
