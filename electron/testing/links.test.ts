import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { LinkStatus } from '#shared/domain/backends/link.ts';

import { PRACTICE_BACKEND_ID } from '../backends/practice-backends.ts';
import { createSystemClock } from '../lib/clock.ts';
import type { Practice } from '../practice/practice.ts';
import { startPractice } from '../practice/practice.ts';
import { control } from './practice-child.ts';
import type { TestDesk } from './test-desk.ts';
import { startTestDesk } from './test-desk.ts';
import { soon } from '../lib/testing/soon.ts';

let folder: string;
let practice: Practice;
let desk: TestDesk;
/** Each state that a link told, by its name, since the test began to listen. */
let told: Map<string, LinkStatus['state']['kind'][]>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-links-'));
  practice = await startPractice({
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 3,
    ports: {},
    controlPort: 0,
    quiet: true,
  });
  desk = await startTestDesk(folder, createSystemClock());
  desk.core.fleet.setPractice(practice.ready.backends);
  await soon(() => {
    const connected = new Set(live().map(({ backendId }) => backendId));
    expect(connected.size).toBe(practice.ready.backends.length);
    expect(live()).toHaveLength(links().length);
  });
  told = new Map();
  desk.core.desk.onPatches((_patches, event) => {
    if (event.type !== 'link-status') return;
    const name = nameOf(event.status);
    const kinds = told.get(name) ?? [];
    if (kinds.at(-1) !== event.status.state.kind) told.set(name, [...kinds, event.status.state.kind]);
  });
});

afterEach(async () => {
  await desk.stop();
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('D2 a wake-up opens every link of every kind at once, whatever carries it, and each is live again', async () => {
  const before = new Map(links().map((link) => [nameOf(link), link]));
  desk.core.fleet.wake();
  // At once: no link waits for its turn.
  await soon(() => expect([...told.keys()].sort()).toEqual([...before.keys()].sort()));
  for (const [name, states] of told) expect(states[0], name).toBe('connecting');
  await soon(() => expect(live()).toHaveLength(before.size));
  for (const link of links()) {
    const earlier = before.get(nameOf(link));
    expect(link.reconnections, nameOf(link)).toBe((earlier?.reconnections ?? 0) + 1);
  }
});

it('D2 D3 connections that are cut come back by themselves with their state read anew', async () => {
  const before = new Map(links().map((link) => [nameOf(link), link]));
  await control(practice.ready.controlAddress ?? '', 'drop-connections');
  const cut = () =>
    links().filter((link) => link.reconnections > (before.get(nameOf(link))?.reconnections ?? 0));
  // A link that polls has no connection to lose between two questions.
  await soon(() => expect(new Set(cut().map(({ backendId }) => backendId)).size).toBeGreaterThanOrEqual(4));
  await soon(() => expect(live()).toHaveLength(before.size));
  for (const link of cut()) {
    expect(told.get(nameOf(link)), nameOf(link)).toContain('waiting');
    expect(link.receivedAtMs ?? 0).toBeGreaterThanOrEqual(before.get(nameOf(link))?.receivedAtMs ?? 0);
  }
});

it('D5 what a link cannot understand is counted, kept redacted and named, and the rest goes on', async () => {
  const address = practice.ready.controlAddress ?? '';
  const secret = 'sk-live-4242424242424242424242';
  const bad = [
    `data: {"event":"approval:created","apiKey":"${secret}"`,
    'data: <html>Bad gateway</html>',
    'data: {"event":"alert","data":{"price":NaN}}',
    'event: never-heard-of\ndata: {"x":1}',
  ];
  for (const text of bad) await control(address, 'raw-frame', { text: `${text}\n\n` });
  await soon(() => expect(coinruler().rejected).toBeGreaterThanOrEqual(3));
  const { rejectedSamples, state } = coinruler();
  expect(state.kind).toBe('live');
  expect(rejectedSamples.length).toBeGreaterThanOrEqual(3);
  for (const sample of rejectedSamples) {
    expect(sample.reason).not.toBe('');
    expect(sample.raw).not.toContain(secret);
  }
  await control(address, 'propose', { symbol: 'ETH', side: 'sell', quantity: 0.1, title: 'Still heard' });
  await soon(() => {
    const titles = [...desk.core.desk.entries('approvals')].map(([, { title }]) => title);
    expect(titles).toContain('Still heard');
  });
});

const links = (): LinkStatus[] => [...desk.core.desk.entries('links')].map(([, link]) => link);
const live = (): LinkStatus[] => links().filter(({ state }) => state.kind === 'live');
const nameOf = ({ backendId, linkId }: LinkStatus): string => `${backendId}/${linkId}`;

function coinruler(): LinkStatus {
  const link = desk.core.desk.get('links', `${PRACTICE_BACKEND_ID}/live`);
  if (link === undefined) throw new Error('the link is not there');
  return link;
}
