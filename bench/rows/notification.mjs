import { setTimeout as pause } from 'node:timers/promises';

import dbus from 'dbus-next';

import { startStubServer } from '#electron/backends/coinruler/testing/stub-server.ts';

import { startNotificationServer } from '../../e2e/harness/notification-server.ts';
import { startKeyring } from '../../e2e/session.mjs';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { prepareDesk } from '../window/prepared-desk.mjs';
import { spawnElectron } from '../window/spawned.mjs';

/** Proposals that come within ten seconds become one notification with their number. */
const PACE_MS = 11_000;
/** Whoever was busy just now would be quicker: all begin from rest. */
const REST_MS = 3_000;
const NAME = 'org.freedesktop.Notifications';
const notifierScript = new URL('../window/notifier.cjs', import.meta.url).pathname;

/** From a proposal at its server to the system's notification server, which is the bench's own and stands on a bus of its own. */
export const row = {
  title: 'A proposal at its server to the system’s notification',
  rounds: 7,
  gates: [{ figure: 'ms', unit: 'ms on the wall', against: 'floor', bound: { atMost: 1.5 } }],
  async open() {
    ensureBuilt();
    const stopKeyring = await startKeyring();
    const notifications = await startNotificationServer();
    const caller = dbus.sessionBus();
    const [toBare, toDesk] = await Promise.all([startStubServer(), startStubServer()]);
    const prepared = await prepareDesk([deskBackend(toDesk.address)]);
    toDesk.asked.length = 0;
    const bare = spawnElectron({}, notifierScript, [toBare.address]);
    const desk = spawnElectron({ QUARTERDECK_DATA: prepared.folder });
    await until(() => [toBare, toDesk].every(({ asked }) => asked.some(({ path }) => path === '/live')));
    // What a desk tells at its start is over, and nothing of it holds up what comes.
    await pause(PACE_MS);
    let number = 0;
    async function timed(restMs, tell) {
      await pause(restMs);
      number += 1;
      const id = `6b00d3f0a891bfc2351${String(number).padStart(5, '0')}`;
      const title = `Proposal ${number} of the bench`;
      const startedAtMs = performance.now();
      tell({ id, _id: id, title, summary: 'Buy 0.01 ETH', createdAt: new Date().toISOString() });
      await notifications.waitFor(title);
      return { ms: performance.now() - startedAtMs };
    }
    const event = (data) => ({
      type: 'approval:created',
      data: { type: 'buy', coin: 'ETH', amount: 0.01, status: 'pending', ...data },
    });
    return {
      contenders: {
        limit: {
          label: 'the bare call on the bus',
          run: () => timed(REST_MS, ({ title, summary }) => void caller.call(notify(title, summary))),
        },
        floor: {
          label: 'an Electron that reads the stream and makes a notification of each event',
          run: () => timed(REST_MS, (data) => toBare.tell(event(data))),
        },
        ours: {
          label: 'the desk: state, journal, rules of attention, notification',
          run: () => timed(PACE_MS, (data) => toDesk.tell(event(data))),
        },
      },
      async close() {
        await bare.end();
        await desk.end();
        prepared.remove();
        await toBare.close();
        await toDesk.close();
        caller.disconnect();
        notifications.stop();
        stopKeyring();
      },
    };
  },
};

const deskBackend = (address) => ({
  config: {
    id: 'bot',
    kind: 'coinruler',
    name: 'Coin bot',
    colour: '#4f9be8',
    address,
    practice: false,
    enabled: true,
    allowPlainHttp: false,
  },
  secrets: { ownerId: '100000000000000001' },
});

const notify = (title, body) =>
  new dbus.Message({
    destination: NAME,
    path: '/org/freedesktop/Notifications',
    interface: NAME,
    member: 'Notify',
    signature: 'susssasa{sv}i',
    body: ['Bench', 0, '', title, body, [], {}, -1],
  });

async function until(isSo) {
  while (!isSo()) await pause(20);
}
