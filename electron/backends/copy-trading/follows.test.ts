import { afterEach, describe, expect, it } from 'vitest';

import { SECOND_MS } from '#shared/time.ts';

import type { BackendMemory } from '../port.ts';
import { LATE_MS } from './follow-book.ts';
import type { Bench } from './testing/bench.ts';
import { ALPHA, ALPHA_ID, BY, containing, counting, createBenches, EDDIE } from './testing/bench.ts';
import { recordedAnswer } from './testing/recordings.ts';

const benches = createBenches();
afterEach(benches.close);

const followAlpha = { traderId: ALPHA, amount: '1000' };
/** The newest that was told of each follow. */
const shown = (bench: Bench) => bench.entries('follows').map(({ id, state }) => [id, state] as const);
const sent = (bench: Bench) => bench.calls('POST /traders/follow');

/** The journal over a restart of the desk; `refuses` is a disk that is full. */
function createMemory(): BackendMemory & { written: string[]; refuses: boolean } {
  const kept = new Map<string, string>();
  const memory = {
    written: [] as string[],
    refuses: false,
    recall: (name: string) => Promise.resolve(JSON.parse(kept.get(name) ?? 'null') as unknown),
    remember(name: string, value: unknown) {
      if (memory.refuses) return Promise.reject(new Error('The disk is full.'));
      kept.set(name, JSON.stringify(value));
      memory.written.push(kept.get(name) ?? '');
      return Promise.resolve();
    },
  };
  return memory;
}

describe('following', () => {
  it('sends the limits, with the server’s own where none are given, and is confirmed by the count', async () => {
    const bench = await benches.start();
    const { answer, verification } = await bench.act('follow', followAlpha);
    expect([answer.kind, verification.kind]).toEqual(['accepted', 'confirmed']);
    expect(sent(bench)[0]?.body).toEqual({
      traderId: ALPHA_ID,
      amount: 1000,
      copySettings: { maxTradeSize: 100, stopLoss: 5, takeProfit: 20 },
    });
    expect(bench.entries('follows').at(-1)).toMatchObject({
      id: ALPHA,
      state: 'following',
      note: null,
      settings: { amount: '1000', maxTradeSize: '100', stopLossPct: '5', takeProfitPct: '20' },
    });
  });

  it('what the count does not prove is unverified, in words', async () => {
    const bench = await benches.start();
    bench.server.on('GET /portfolio', counting(2));
    expect((await bench.act('follow', followAlpha)).verification).toMatchObject({
      kind: 'unverifiable',
      message: containing('1 were made elsewhere'),
    });
    bench.server.on('GET /portfolio', counting(1));
    const { verification } = await bench.act('follow', { ...followAlpha, traderId: EDDIE });
    expect(verification.kind).toBe('unverifiable');
    expect(bench.entries('follows').slice(-2)).toMatchObject([
      { id: ALPHA, state: 'unverified', note: containing('cannot be told') },
      { id: EDDIE, state: 'unverified', note: containing('cannot be told') },
    ]);
  });

  it.each([
    [{ amount: '0' }, 'amount'],
    [{ amount: '' }, 'amount'],
    [{ amount: 'a lot' }, 'must be a number'],
    [{ stopLoss: '101' }, 'stopLoss'],
    [{ maxDailyLoss: '-1' }, 'maxDailyLoss'],
    [{ traderId: '' }, 'traderId'],
  ])('%o is refused before it is sent, and blocks before it is asked for', async (given, words) => {
    const bench = await benches.start();
    const params = { ...followAlpha, ...given };
    expect(await bench.backend.acting.perform('follow', params, BY)).toMatchObject({
      kind: 'refused',
      message: containing(words),
    });
    expect((await bench.backend.acting.prepare('follow', params)).checks).toMatchObject([
      { verdict: 'block', detail: containing(words) },
    ]);
    expect(sent(bench)).toEqual([]);
  });

  it('one trade of more than the amount blocks, and so does following twice', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    const { checks } = await bench.backend.acting.prepare('follow', { ...followAlpha, maxTradeSize: '1001' });
    expect(checks.filter(({ verdict }) => verdict === 'block').map(({ id }) => id)).toEqual([
      'limits',
      'not-followed',
    ]);
  });

  it('changing the limits is unfollowing and following, and a failure in between is said', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    expect((await bench.act('follow.settings', { ...followAlpha, amount: '500' })).answer.kind).toBe(
      'accepted',
    );
    expect(bench.entries('follows').at(-1)).toMatchObject({ settings: { amount: '500' } });
    bench.server.on('POST /traders/follow', { status: 400, json: { error: 'No' } });
    expect((await bench.act('follow.settings', { ...followAlpha, amount: '400' })).answer).toMatchObject({
      kind: 'refused',
      message: containing('NOT followed any more'),
    });
    const last = bench
      .of('feed')
      .filter(({ slice }) => slice === 'follows')
      .at(-1);
    expect(last?.entries).toEqual([]);
  });
});

describe('the desk’s own list', () => {
  it('the wish is on disk before the request is sent', async () => {
    const memory = createMemory();
    const bench = await benches.start({ memory });
    const onDisk: string[] = [];
    bench.server.on('POST /traders/follow', () => {
      onDisk.push(memory.written.at(-1) ?? 'nothing');
      return { json: recordedAnswer('follow') };
    });
    bench.server.on('GET /portfolio', counting(1));
    await bench.act('follow', followAlpha);
    expect(onDisk).toHaveLength(1);
    expect(JSON.parse(onDisk[0] ?? '')).toMatchObject({ entries: [{ wallet: ALPHA, stage: 'asked' }] });
    expect(JSON.parse(memory.written.at(-1) ?? '')).toMatchObject({ entries: [{ stage: 'following' }] });
  });

  it('a disk that refuses keeps a follow from being sent, and an unfollow not', async () => {
    const memory = createMemory();
    const bench = await benches.start({ memory });
    await bench.act('follow', followAlpha);
    memory.refuses = true;
    const { answer } = await bench.act('follow', { ...followAlpha, traderId: EDDIE });
    expect(answer).toMatchObject({ kind: 'refused', message: containing('could not be written down') });
    expect(sent(bench)).toHaveLength(1);
    expect((await bench.act('unfollow', { traderId: ALPHA })).answer.kind).toBe('accepted');
    expect(bench.calls('POST /traders/unfollow')).toHaveLength(1);
  });

  it('a desk that starts anew knows whom it followed, and says what it has not verified', async () => {
    const memory = createMemory();
    const before = await benches.start({ memory });
    before.server.on('GET /portfolio', counting(1));
    await before.act('follow', followAlpha);
    before.backend.dispose();
    const after = await benches.start({ memory, server: before.server });
    const follows = after.entries('follows');
    expect(follows[0]).toMatchObject({ id: ALPHA, state: 'unverified', note: containing('not been read') });
    expect(follows.at(-1)).toMatchObject({ id: ALPHA, state: 'following', settings: { amount: '1000' } });
    expect(sent(after)).toHaveLength(1);
  });

  it('A5 a wish whose answer was lost is settled by the count, and not before it can no longer arrive', async () => {
    const bench = await benches.start();
    bench.server.on('POST /traders/follow', { status: 502, text: 'Bad gateway' });
    const { answer, verification } = await bench.act('follow', followAlpha);
    expect([answer.kind, verification.kind]).toEqual(['unknown', 'pending']);
    expect(bench.entries('follows').at(-1)).toMatchObject({ id: ALPHA, state: 'unverified' });
    await bench.clock.advance(LATE_MS - SECOND_MS);
    await bench.backend.refresh();
    expect(bench.entries('follows').at(-1)).toMatchObject({ state: 'unverified' });
    await bench.clock.advance(SECOND_MS);
    expect(await bench.backend.acting.verify('follow', followAlpha, answer)).toMatchObject({
      kind: 'contradicted',
    });
    expect(bench.entries('follows').at(-1)).toMatchObject({
      state: 'lost',
      note: containing('did not take effect'),
    });
    // It arrived all the same.
    bench.server.on('GET /portfolio', counting(1));
    await bench.backend.refresh();
    expect(bench.entries('follows').at(-1)).toMatchObject({ id: ALPHA, state: 'following', note: null });
    expect(sent(bench)).toHaveLength(1);
  });

  it('A5 D3 beside follows that are counted a wish that never arrived is given up, once it cannot arrive any more', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    bench.server.on('POST /traders/follow', { status: 502, text: 'Bad gateway' });
    await bench.act('follow', { traderId: EDDIE, amount: '500' });
    const states = () => bench.backend.refresh().then(() => Object.fromEntries(shown(bench)));
    expect(await states()).toEqual({ [ALPHA]: 'unverified', [EDDIE]: 'unverified' });
    await bench.clock.advance(LATE_MS);
    expect(await states()).toEqual({ [ALPHA]: 'following', [EDDIE]: 'lost' });
    // It arrived all the same.
    bench.server.on('GET /portfolio', counting(2));
    expect(await states()).toEqual({ [ALPHA]: 'following', [EDDIE]: 'following' });
  });

  it('A5 whoever asks for a trader while another wish is on its way is refused, and an unfollow waits for it', async () => {
    const bench = await benches.start();
    let answerNow = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answerNow = resolve));
    bench.server.on('POST /traders/follow', () => ({ json: recordedAnswer('follow'), after: asked }));
    bench.server.on('GET /portfolio', counting(1));
    const first = bench.backend.acting.perform('follow', followAlpha, BY);
    await bench.server.asked.until(({ call }) => call === 'POST /traders/follow');
    const other = { ...followAlpha, amount: '5' };
    expect(await bench.backend.acting.perform('follow', other, BY)).toMatchObject({
      kind: 'refused',
      message: containing('on its way'),
    });
    const ending = bench.backend.acting.perform('unfollow', { traderId: ALPHA }, BY);
    for (let times = 0; times < 3; times += 1)
      await bench.backend.read('server-health', {}, new AbortController().signal);
    expect(bench.calls('POST /traders/unfollow')).toEqual([]);
    answerNow();
    expect([(await first).kind, (await ending).kind]).toEqual(['accepted', 'accepted']);
    expect(bench.server.asked.all.map(({ call }) => call).filter((call) => call.includes('follow'))).toEqual([
      'POST /traders/follow',
      'POST /traders/unfollow',
    ]);
    expect(bench.of('feed').findLast(({ slice }) => slice === 'follows')?.entries).toEqual([]);
  });

  it('A5 a second wish after one without an answer keeps the limits of the one that arrived, and its fate where it is refused', async () => {
    const bench = await benches.start();
    bench.server.on('POST /traders/follow', { status: 502, text: 'Bad gateway' });
    await bench.backend.acting.perform('follow', followAlpha, BY);
    const second = { ...followAlpha, amount: '70' };
    bench.server.on('POST /traders/follow', { status: 400, json: { error: 'No' } });
    expect((await bench.backend.acting.perform('follow', second, BY)).kind).toBe('refused');
    expect(bench.entries('follows').at(-1)).toMatchObject({ id: ALPHA, settings: { amount: '1000' } });
    bench.server.on('POST /traders/follow', {
      status: 400,
      json: recordedAnswer('follow twice'),
    });
    expect(await bench.backend.acting.perform('follow', second, BY)).toMatchObject({
      kind: 'accepted',
      message: containing('its limits are in force'),
    });
    bench.server.on('GET /portfolio', counting(1));
    await bench.backend.refresh();
    expect(bench.entries('follows').at(-1)).toMatchObject({
      state: 'following',
      settings: { amount: '1000' },
    });
  });

  it('already following without a wish from here is followed, under limits that nobody knows', async () => {
    const bench = await benches.start({ given: (server) => server.on('GET /portfolio', counting(1)) });
    bench.server.on('POST /traders/follow', { status: 400, json: recordedAnswer('follow twice') });
    expect(await bench.backend.acting.perform('follow', followAlpha, BY)).toMatchObject({
      kind: 'refused',
      message: containing('followed already'),
    });
    await bench.backend.refresh();
    expect(bench.entries('follows').at(-1)).toMatchObject({
      id: ALPHA,
      state: 'following',
      note: containing('under which limits'),
    });
    expect((await bench.backend.panic?.halt('test'))?.kind).toBe('accepted');
    expect(bench.calls('POST /traders/unfollow')[0]?.body).toEqual({ traderId: ALPHA_ID });
  });

  it('a sign-in that fails leaves a follow certainly unsent', async () => {
    const bench = await benches.open({
      dialect: 'without-sockets',
      given: (server) =>
        server.on('POST /auth/login', { status: 500, json: { error: 'JWT_SECRET is missing' } }),
    });
    await bench.backend.acting.prepare('follow', followAlpha);
    const answer = await bench.backend.acting.perform('follow', followAlpha, BY);
    expect(answer).toMatchObject({ kind: 'refused', message: containing('JWT_SECRET is missing') });
    expect(sent(bench)).toEqual([]);
  });
});
