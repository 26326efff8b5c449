import { describe, expect, it } from 'vitest';

import type { ActAnswer, Params } from '../port.ts';
import { volspike } from './kind.ts';
import { recordedAnswer } from './testing/recordings.ts';
import { ACCOUNT, BY, containing, start } from './testing/start.ts';
import type { Started } from './testing/start.ts';

const LIST_ID = 'cmwplwsf200047t7d90nofxlk';
const THRESHOLD_ID = 'cmwplwsgv00077t7d7nn5wghy';
const THRESHOLD = { symbol: 'btcusdt', figure: 'price', threshold: '50000' };

async function signedIn(): Promise<Started> {
  const desk = await start(ACCOUNT);
  await desk.inState('account', 'live');
  return desk;
}

const perform = ({ backend }: Started, act: string, params: Params): Promise<ActAnswer> =>
  backend.acting.perform(act, params, BY);

/** What is asked, by which the server is told, for each act of an account. */
const ACTS: [act: string, params: Params, what: string, body: unknown][] = [
  [
    'threshold.create',
    THRESHOLD,
    'POST /api/user-alerts',
    { symbol: 'BTCUSDT', alertType: 'PRICE_CROSS', threshold: 50_000, deliveryMethod: 'DASHBOARD' },
  ],
  [
    'threshold.update',
    { thresholdId: THRESHOLD_ID, threshold: '0.5', delivery: 'BOTH' },
    `PUT /api/user-alerts/${THRESHOLD_ID}`,
    { threshold: 0.5, deliveryMethod: 'BOTH' },
  ],
  ['threshold.delete', { thresholdId: THRESHOLD_ID }, `DELETE /api/user-alerts/${THRESHOLD_ID}`, null],
  [
    'threshold.reactivate',
    { thresholdId: THRESHOLD_ID },
    `POST /api/user-alerts/${THRESHOLD_ID}/reactivate`,
    {},
  ],
  ['watch-list.create', { name: 'main' }, 'POST /api/watchlist', { name: 'main' }],
  [
    'watch-list.rename',
    { watchListId: LIST_ID, name: 'other' },
    `PUT /api/watchlist/${LIST_ID}`,
    { name: 'other' },
  ],
  ['watch-list.delete', { watchListId: LIST_ID }, `DELETE /api/watchlist/${LIST_ID}`, null],
  [
    'watch-list.add-symbol',
    { watchListId: LIST_ID, symbol: 'ethusdt' },
    `POST /api/watchlist/${LIST_ID}/symbols`,
    { symbol: 'ETHUSDT' },
  ],
  [
    'watch-list.remove-symbol',
    { watchListId: LIST_ID, symbol: 'BTCUSDT' },
    `DELETE /api/watchlist/${LIST_ID}/symbols/BTCUSDT`,
    null,
  ],
];

describe('acts of the account', () => {
  it.each(ACTS)('%s asks once, with the token, and is accepted', async (act, params, what, body) => {
    const desk = await signedIn();
    desk.stub.answer(what, { status: 200, body: { success: true } });
    expect(await perform(desk, act, params)).toMatchObject({ kind: 'accepted' });
    const asked = desk.stub.asked.all.filter((one) => one.what === what);
    expect(asked).toEqual([{ what, query: '', body, authorization: 'Bearer <jwt>' }]);
  });

  it.each(ACTS)(
    '%s is refused in words where a limit, a duplicate or nothing is there',
    async (act, params, what) => {
      const desk = await signedIn();
      // A rename tries the other method where the first is not known.
      const whats = [what, what.replace('PUT', 'PATCH')];
      const answer = (status: number, body: unknown): void => {
        for (const one of whats) desk.stub.answer(one, { status, body });
      };
      answer(403, { error: 'Limit reached', limit: 3, current: 3 });
      expect(await perform(desk, act, params)).toMatchObject({
        kind: 'refused',
        message: containing('The tier allows 3, and 3 are there.'),
      });
      const duplicate = recordedAnswer('watchlist add dup');
      answer(duplicate.status, duplicate.body);
      expect(await perform(desk, act, params)).toMatchObject({
        kind: 'refused',
        message: containing('It is there already. It says: “Duplicate symbol'),
      });
      answer(404, { error: 'Watchlist not found' });
      expect(await perform(desk, act, params)).toMatchObject({
        kind: 'refused',
        message: containing('Watchlist not found'),
      });
      const times = what.startsWith('PUT /api/watchlist') ? 4 : 3;
      expect(desk.stub.count(whats[0]!) + (times === 4 ? desk.stub.count(whats[1]!) : 0)).toBe(times);
    },
  );

  it.each(ACTS)(
    '%s without a usable answer is of unknown fate and not sent again',
    async (act, params, what) => {
      const desk = await signedIn();
      desk.stub.answer(what, { status: 500, body: { error: 'Failed' } });
      expect(await perform(desk, act, params)).toMatchObject({
        kind: 'unknown',
        message: containing('not known'),
      });
      expect(desk.stub.count(what)).toBe(1);
    },
  );

  it('is confirmed by what is read again, contradicted where it does not show, and left open where it may still come', async () => {
    const desk = await signedIn();
    const { acting } = desk.backend;
    const accepted: ActAnswer = { kind: 'accepted', message: '', result: null };
    const unknown: ActAnswer = { kind: 'unknown', message: '' };
    const verdict = async (act: string, params: Params, answer: ActAnswer = accepted) =>
      (await acting.verify(act, params, answer)).kind;
    // The account of the recordings: the list “main” without symbols, a price threshold at 50000.
    expect(await verdict('threshold.create', THRESHOLD)).toBe('confirmed');
    expect(await verdict('threshold.create', { ...THRESHOLD, threshold: '1' })).toBe('contradicted');
    expect(await verdict('threshold.create', { ...THRESHOLD, threshold: '1' }, unknown)).toBe('pending');
    expect(await verdict('threshold.update', { thresholdId: THRESHOLD_ID, threshold: '50000.0' })).toBe(
      'confirmed',
    );
    expect(await verdict('threshold.update', { thresholdId: THRESHOLD_ID, threshold: '2' })).toBe(
      'contradicted',
    );
    expect(
      await verdict('threshold.update', { thresholdId: THRESHOLD_ID, threshold: '50000', delivery: 'BOTH' }),
    ).toBe('contradicted');
    expect(await verdict('threshold.delete', { thresholdId: THRESHOLD_ID })).toBe('contradicted');
    expect(await verdict('threshold.delete', { thresholdId: 'gone' })).toBe('confirmed');
    expect(await verdict('threshold.reactivate', { thresholdId: THRESHOLD_ID })).toBe('confirmed');
    expect(await verdict('watch-list.create', { name: 'main' })).toBe('confirmed');
    expect(await verdict('watch-list.create', { name: 'else' })).toBe('contradicted');
    expect(await verdict('watch-list.rename', { watchListId: LIST_ID, name: 'main' })).toBe('confirmed');
    expect(await verdict('watch-list.rename', { watchListId: LIST_ID, name: 'x' })).toBe('contradicted');
    expect(await verdict('watch-list.delete', { watchListId: LIST_ID })).toBe('contradicted');
    const symbol = { watchListId: LIST_ID, symbol: 'BTCUSDT' };
    expect(await verdict('watch-list.add-symbol', symbol)).toBe('contradicted');
    expect(await verdict('watch-list.remove-symbol', symbol)).toBe('confirmed');
    desk.stub.answer('GET /api/watchlist', recordedAnswer('recent NaN'));
    expect(await verdict('watch-list.create', { name: 'main' })).toBe('pending');
  });

  it('what was there before, or is off, is not taken for what was just made', async () => {
    const desk = await signedIn();
    const { acting } = desk.backend;
    const { alerts } = recordedAnswer('user-alerts list').body as { alerts: object[] };
    const thresholds = (...changes: object[]): void =>
      desk.stub.answer('GET /api/user-alerts', {
        status: 200,
        body: { alerts: changes.map((change) => ({ ...alerts[0], ...change })) },
      });
    const made = async (
      act: string,
      params: Params,
      what: string,
      reply: { status: number; body: unknown },
    ) => {
      desk.stub.answer(what, reply);
      return perform(desk, act, params);
    };
    const verdict = async (act: string, params: Params, answer: ActAnswer) =>
      (await acting.verify(act, params, answer)).kind;

    const answered = await made('threshold.create', THRESHOLD, 'POST /api/user-alerts', {
      status: 201,
      body: { ...alerts[0], id: 'new' },
    });
    thresholds({});
    expect(await verdict('threshold.create', THRESHOLD, answered)).toBe('contradicted');
    thresholds({}, { id: 'new', isActive: false });
    expect(await verdict('threshold.create', THRESHOLD, answered)).toBe('contradicted');
    thresholds({}, { id: 'new', isActive: false, triggeredAt: '2026-11-20T23:30:00.000Z' });
    expect(await verdict('threshold.create', THRESHOLD, answered)).toBe('confirmed');
    thresholds({}, { id: 'new' });
    expect(await verdict('threshold.create', THRESHOLD, answered)).toBe('confirmed');

    thresholds({ isActive: false });
    await desk.backend.refresh();
    const lost = await made('threshold.create', THRESHOLD, 'POST /api/user-alerts', {
      status: 500,
      body: {},
    });
    expect(await verdict('threshold.create', THRESHOLD, lost)).toBe('pending');
    thresholds({ isActive: false }, { id: 'new' });
    expect(await verdict('threshold.create', THRESHOLD, lost)).toBe('confirmed');

    const list = await made('watch-list.create', { name: 'main' }, 'POST /api/watchlist', {
      status: 500,
      body: {},
    });
    expect(await verdict('watch-list.create', { name: 'main' }, list)).toBe('pending');
  });

  it('a figure with more digits than the server keeps is the one that was sent', async () => {
    const desk = await signedIn();
    const { alerts } = recordedAnswer('user-alerts list').body as { alerts: object[] };
    const threshold = '0.12345678901234567891';
    desk.stub.answer('GET /api/user-alerts', {
      status: 200,
      body: { alerts: [{ ...alerts[0], threshold: Number(threshold) }] },
    });
    const answer: ActAnswer = { kind: 'accepted', message: '', result: null };
    expect(
      (await desk.backend.acting.verify('threshold.update', { thresholdId: THRESHOLD_ID, threshold }, answer))
        .kind,
    ).toBe('confirmed');
  });

  it('a rename goes by PATCH where PUT is not known', async () => {
    const desk = await signedIn();
    desk.stub.answer(`PATCH /api/watchlist/${LIST_ID}`, { status: 200, body: {} });
    const answer = await perform(desk, 'watch-list.rename', { watchListId: LIST_ID, name: 'other' });
    expect(answer).toMatchObject({ kind: 'accepted' });
    expect(desk.stub.asked.all.find(({ what }) => what.startsWith('PATCH'))?.body).toEqual({ name: 'other' });
  });

  it.each<[string, Params, string]>([
    ['threshold.create', { ...THRESHOLD, threshold: '-0.01' }, 'negative funding cannot be watched'],
    ['threshold.create', { ...THRESHOLD, threshold: '0' }, 'above zero only'],
    ['threshold.create', { ...THRESHOLD, threshold: 'much' }, 'must be a number'],
    ['threshold.create', { ...THRESHOLD, figure: 'volume' }, 'must be one of'],
    ['threshold.create', { ...THRESHOLD, symbol: 'BTC/USDT' }, 'letters and digits only'],
    ['threshold.update', { threshold: '1' }, 'The threshold is missing'],
    ['watch-list.add-symbol', { watchListId: LIST_ID, symbol: 'BTCUSDC' }, 'end in USDT'],
    ['watch-list.rename', { watchListId: LIST_ID, name: ' ' }, 'The name is missing'],
    ['watch-list.create', { name: 'x'.repeat(101) }, 'longer than 100'],
  ])('%s with %o is blocked and never sent', async (act, params, words) => {
    const desk = await signedIn();
    const sent = desk.stub.asked.all.length;
    const { checks } = await desk.backend.acting.prepare(act, params);
    expect(checks).toMatchObject([{ verdict: 'block', detail: containing(words) }]);
    expect(await perform(desk, act, params)).toMatchObject({ kind: 'refused', message: containing(words) });
    expect(desk.stub.asked.all.length).toBe(sent);
  });

  it('no act adds risk, and there is nothing to halt', async () => {
    expect(new Set(volspike.descriptor.acts.map(({ risk }) => risk))).toEqual(new Set(['neutral']));
    expect(volspike.descriptor).toMatchObject({ watchesOnly: true, panic: { supported: false }, chat: null });
    const { backend } = await start();
    expect([backend.panic, backend.chat]).toEqual([null, null]);
  });

  it('without an account nothing is sent, and it is said why', async () => {
    const desk = await start();
    await desk.inState('live', 'live');
    expect(await perform(desk, 'watch-list.create', { name: 'main' })).toMatchObject({
      kind: 'refused',
      message: containing('No e-mail and password'),
    });
    expect(desk.stub.count('POST /api/watchlist')).toBe(0);
  });
});
