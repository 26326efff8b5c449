/**
 * The windows that the desk's own is held against, as a main script of Electron: `electron stage.cjs MODE [ADDRESS]`. `blank` shows nothing;
 * `words` shows a line of text; `socket` writes each price of a hub into a row; `direct` writes into the cells of the rows in sight and nothing else; `hook` keeps every event in the state of a list, as dashboards do.
 */
const { app, BrowserWindow } = require('electron');
const { join } = require('node:path');

const MODES = ['blank', 'words', 'socket', 'direct', 'hook'];
const mode = MODES.find((one) => process.argv.slice(-2).includes(one));
const address = process.argv.at(-1);
const TURN_MS = 16;
const EVENTS_A_SECOND = 10_000;
const ASSETS = 500;

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    webPreferences: { nodeIntegration: true, contextIsolation: false },
  });
  await window.loadFile(join(__dirname, 'stage.html'), { query: { mode, address } });
  if (mode !== 'direct' && mode !== 'hook') return;
  let number = 0;
  let lastMs = performance.now();
  const sending = setInterval(() => {
    const nowMs = performance.now();
    const count = Math.round(((nowMs - lastMs) / 1_000) * EVENTS_A_SECOND);
    lastMs = nowMs;
    const events = Array.from({ length: count }, () => ({
      asset: (number += 1) % ASSETS,
      price: 100 + (number % 977) / 100,
      number,
    }));
    if (mode === 'hook') for (const event of events) window.webContents.send('event', event);
    else {
      const last = new Map(events.map((event) => [event.asset, event]));
      window.webContents.send('batch', [...last.values()]);
    }
  }, TURN_MS);
  // Sending to a window that is gone would end in a dialog about it, which nobody closes.
  window.once('closed', () => clearInterval(sending));
});
app.on('window-all-closed', () => app.quit());
