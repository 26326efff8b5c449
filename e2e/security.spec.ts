import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from './harness/desk-test.ts';
import { PLANTED_SECRET, plantedBot } from './harness/planted-bot.ts';
import { ask, askRaw } from './harness/window.ts';

test('S1 a secret given to the desk is in nothing that it writes, and nowhere in the window', async ({
  desk,
  dataFolder,
  practice,
}) => {
  const { page } = desk;
  await practice.state();
  const bot = await plantedBot();
  await ask(page, 'backends.test', bot);
  await ask(page, 'backends.save', bot);
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
    expect(await page.content()).not.toContain(PLANTED_SECRET);
  }
  expect(JSON.stringify(await ask(page, 'desk.snapshot', {}))).not.toContain(PLANTED_SECRET);
  expect(JSON.stringify(await ask(page, 'journal.search', {}))).not.toContain(PLANTED_SECRET);
  expect(desk.output()).not.toContain(PLANTED_SECRET);

  await desk.close();
  const written = filesBelow(dataFolder).filter((file) => readFileSync(file).includes(PLANTED_SECRET));
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
    ['assistant.stop', { conversationId: 7 }],
  ] as const) {
    const envelope = await askRaw(page, name, params);
    codes[name] = envelope.ok ? 'ok' : envelope.error.code;
  }
  expect(Object.entries(codes)).toEqual([
    ['vault.reveal', 'unknown-request'],
    ['constructor', 'unknown-request'],
    ['panic.press', 'bad-request'],
    ['command.submit', 'bad-request'],
    ['assistant.stop', 'bad-request'],
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

test('S2 a page that turns on its own bridge breaks nothing, learns no secret and halts when it should', async ({
  desk,
}) => {
  const { app, page } = desk;
  const bot = await plantedBot();
  const config = { ...bot.config, enabled: false };
  await ask(page, 'backends.save', { ...bot, config });
  const before = await ask(page, 'settings.get', {});
  const seen = await page.evaluate<{ answers: string[]; heard: string }>(BRIDGE_ATTACKS);
  expect(new Set(seen.answers)).toEqual(
    new Set(['bad-request', 'unknown-request', 'unavailable', 'refused by the bridge']),
  );
  expect(seen.answers.length).toBeGreaterThan(300);
  expect(seen.heard).not.toContain(PLANTED_SECRET);
  expect(await ask(page, 'settings.get', {})).toEqual(before);
  expect(await app.evaluate(() => 'polluted' in {})).toBe(false);
  await ask(page, 'panic.press', { origin: 'window' });
});

test('S2 a page that the window was brought to is not answered, and a frame in it has no bridge', async ({
  desk,
}) => {
  const { app, page } = desk;
  const inFrame = await page.evaluate(`(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return typeof frame.contentWindow.quarterdeck;
  })()`);
  expect(inFrame).toBe('undefined');
  // Only the main process could do this; it stands for whatever gets past the refusal to navigate.
  const code = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    await window?.loadURL('data:text/html,<p>elsewhere</p>');
    const envelope: unknown = await window?.webContents.executeJavaScript(
      `quarterdeck.request('settings.get', {})`,
    );
    return JSON.stringify(envelope);
  });
  expect(code).toContain('forbidden-sender');
});

test('S2 no page of this process gets a webview, a new window, a permission or another address, however it is opened', async ({
  desk,
}) => {
  const { app } = desk;
  const found = await app.evaluate(async ({ BrowserWindow, webContents: allPages }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { webviewTag: true },
    });
    const address = 'data:text/html,<p>stranger</p>';
    await window.loadURL(address);
    const { webContents } = window;
    const tryAll = `(async () => {
      const webview = document.createElement('webview');
      webview.src = 'data:text/html,inside';
      document.body.append(webview);
      const opened = open('https://example.com/') !== null;
      const permission = await Notification.requestPermission();
      location.href = 'data:text/html,elsewhere';
      await new Promise((resolve) => setTimeout(resolve));
      return { opened, permission };
    })()`;
    const seen: unknown = await webContents.executeJavaScript(tryAll, true);
    const stayed = webContents.getURL() === address;
    const windows = BrowserWindow.getAllWindows().length;
    const pages = allPages.getAllWebContents().length;
    window.destroy();
    return { seen, stayed, windows, pages };
  });
  expect(found).toEqual({
    seen: { opened: false, permission: 'denied' },
    stayed: true,
    windows: 2,
    pages: 2,
  });
});

test('S2 the desk has the one window that a person sees: no hidden page plays its sounds', async ({
  desk,
}) => {
  await desk.page.waitForLoadState();
  const pages = await desk.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  expect(pages).toBe(1);
});

/**
 * Garbage through the real bridge, by every name of the contract and by some that are none. The page has spoilt its own built-ins
 * before, which must not reach the preload script's world.
 */
const BRIDGE_ATTACKS = `(async () => {
  const circle = {};
  circle.self = circle;
  let deep = {};
  for (let depth = 0; depth < 2_000; depth += 1) deep = [deep];
  const values = [
    undefined, null, 7, 'text', [], [[]], NaN, 10n, Symbol('s'), () => 1, new Date(0), new Map([['a', 1]]), circle, deep,
    JSON.parse('{"__proto__":{"polluted":true}}'), { constructor: { prototype: { polluted: true } } },
    new Proxy({}, { get() { throw new Error('trap'); } }), new Uint8Array(8), document.body, Promise.resolve({}),
    { config: 'x'.repeat(9_000_000) }, { params: new Array(300_000).fill(0) },
  ];
  const names = ['command.submit', 'rules.save', 'panic.resume', 'backends.save', 'backends.test', 'backends.read',
    'channels.save', 'vault.remove', 'journal.export', 'rules.switch', 'watch.arm', 'quit.answer', 'chat.send',
    'vault.reveal', '', 'toString', '__proto__', 7, null, {}, []];
  const heard = [];
  quarterdeck.on('settings.changed', (payload) => heard.push(payload));
  for (const name of ['__proto__', 'constructor', 'nothing', 7, null]) quarterdeck.on(name, () => heard.push(name));
  try { quarterdeck.request = () => 'mine'; } catch {}
  Object.defineProperty(Object.prototype, 'ok', { value: true, configurable: true });
  Array.prototype.map = () => { throw new Error('spoilt'); };
  const answers = [];
  for (const name of names) {
    for (const value of values) {
      try {
        const envelope = await quarterdeck.request(name, value);
        heard.push(envelope);
        answers.push(Object.hasOwn(envelope, 'error') ? envelope.error.code : 'answered');
      } catch {
        answers.push('refused by the bridge');
      }
    }
  }
  delete Object.prototype.ok;
  return { answers, heard: JSON.stringify(heard) };
})()`;

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
