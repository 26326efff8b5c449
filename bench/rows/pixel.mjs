import { setTimeout as pause } from 'node:timers/promises';

import { startStubHub } from '#electron/backends/market-hub/testing/stub-hub.ts';

import { startKeyring } from '../../e2e/session.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { prepareDesk } from '../window/prepared-desk.mjs';
import { spawnElectron } from '../window/spawned.mjs';
import { stageScript } from '../window/windows.mjs';

const FRAME_MS = 1_000 / 60;
const EVENTS_A_SECOND = 100;
const MEASURED_MS = 4_000;
const SETTLING_MS = 1_500;
/** The price tells which event it is. */
const BASE = 20_000;

const gate = (figure, unit, frames) => ({
  figure,
  unit,
  against: 'floor',
  bound: { atMostAbove: Number((frames * FRAME_MS).toFixed(1)) },
});

/** How old a price is when its frame is on screen. A price that a newer one overtook counts until the newer one is there. */
export const row = {
  title: 'A price at its server to the pixel, 100 a second',
  rounds: 5,
  gates: [gate('p50', 'ms, median', 1), gate('p99', 'ms, 99th of 100', 2)],
  async open() {
    ensureBuilt();
    const stopKeyring = await startKeyring();
    const [toBare, toDesk] = await Promise.all([startStubHub(), startStubHub()]);
    const prepared = await prepareDesk([{ config: deskHub(toDesk.address), secrets: {} }]);
    return {
      contenders: {
        floor: {
          label: 'a page of Electron with a WebSocket that writes each price into the document',
          run: () =>
            measured(spawnElectron({}, stageScript, ['socket', toBare.address]), toBare, () => undefined),
        },
        ours: {
          label: 'the desk: hub’s socket, state, window, watch list',
          run: () =>
            measured(spawnElectron({ QUARTERDECK_DATA: prepared.folder }), toDesk, (page) =>
              page.run(openMarket),
            ),
        },
      },
      async close() {
        prepared.remove();
        await toBare.close();
        await toDesk.close();
        stopKeyring();
      },
    };
  },
};

async function measured(electron, hub, prepare) {
  const page = await electron.look();
  const sentAtMs = [];
  let sending;
  try {
    while (hub.connections() === 0) await pause(50);
    hub.tell({
      type: 'portfolio_update',
      data: { total_value: BASE, balances: { A0: 1 }, timestamp: now() },
    });
    sending = setInterval(() => {
      sentAtMs.push(performance.timeOrigin + performance.now());
      hub.tell(price(sentAtMs.length));
    }, 1_000 / EVENTS_A_SECOND);
    await prepare(page);
    await page.run(watchRow, BASE);
    await pause(SETTLING_MS);
    const first = sentAtMs.length;
    await pause(MEASURED_MS);
    const last = sentAtMs.length;
    await pause(SETTLING_MS);
    const painted = await page.run(() => globalThis.painted);
    const ages = agesOf(sentAtMs.slice(first, last), first + 1, painted);
    return { p50: at(ages, 0.5), p99: at(ages, 0.99) };
  } finally {
    clearInterval(sending);
    page.close();
    await electron.end();
  }
}

/** Of each event: when the first frame with it or a newer one was painted, less when it was sent. */
function agesOf(sentAtMs, firstNumber, painted) {
  let index = 0;
  return sentAtMs.map((atMs, offset) => {
    while (index < painted.length && painted[index][0] < firstNumber + offset) index += 1;
    if (index === painted.length) throw new Error('the last prices never showed');
    return painted[index][1] - atMs;
  });
}

function at(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Runs in the desk's page: where prices stand. */
async function openMarket() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const find = () =>
    [...document.querySelectorAll('nav button')].find((button) => button.textContent.includes('Market'));
  while (find() === undefined) await frame();
  find().click();
}

/** Runs in the page: notes each number that the row of A0 shows once the frame with it was painted. */
async function watchRow(base) {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const find = () =>
    [...document.querySelectorAll('main [role="row"], #rows .row')].find((one) =>
      one.textContent.includes('A0'),
    );
  let row = find();
  for (; row === undefined; row = find()) await frame();
  const painted = [];
  globalThis.painted = painted;
  let shown = 0;
  let planned = false;
  function look() {
    if (!row.isConnected) row = find() ?? row;
    const numbers = [...row.children].map((cell) => Number(cell.textContent.replace(/[^\d.]/g, '')) - base);
    const newest = Math.max(shown, ...numbers.filter((number) => Number.isInteger(number) && number < base));
    if (newest === shown) return;
    shown = newest;
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      const inFrame = shown;
      planned = false;
      const after = new MessageChannel();
      after.port1.onmessage = () => painted.push([inFrame, performance.timeOrigin + performance.now()]);
      after.port2.postMessage(null);
    });
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}

function price(number) {
  const data = {
    symbol: 'A0/USDT',
    price: BASE + number,
    change_24h: 1.25,
    volume_24h: 5e6,
    timestamp: now(),
  };
  return { type: 'price_update', data, timestamp: now() };
}

const now = () => new Date().toISOString().slice(0, -1);

const deskHub = (address) => ({
  id: 'hub',
  kind: 'market-hub',
  name: 'Hub',
  address,
  colour: '#d98b3a',
  practice: false,
  enabled: true,
  allowPlainHttp: false,
});
