import { afterEach, describe, expect, it } from 'vitest';

import { practiceBackend } from '../../practice/port.ts';
import { startPracticeOn } from '../../practice/practice.ts';
import { createTestContext } from '../testing/test-context.ts';
import type { ActAnswer, Params, Verification } from '../port.ts';
import { resultText } from './act-definition.ts';
import { aiTrader } from './kind.ts';
import { startFlowingClock } from './testing/sheet-desk.ts';

let closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** The backend and the practice server that speaks the protocol, on one clock. */
async function start() {
  const clock = startFlowingClock();
  closing.push(() => clock.stop());
  const practice = await startPracticeOn(clock, {
    stateFile: null,
    clock: { factor: 1, originMs: 0, originRealMs: 0 },
    seed: 7,
    ports: {},
    controlPort: 0,
    quiet: true,
  });
  closing.push(() => practice.stop());
  const { address, secrets } = practiceBackend(practice.ready, 'ai-trader');
  const test = createTestContext({
    config: { id: 'practice-ai-trader', kind: 'ai-trader', address },
    clock,
    secrets,
  });
  const backend = aiTrader.create(test.context);
  closing.push(() => backend.dispose());
  const { signal } = new AbortController();
  return {
    ...test,
    backend,
    /** Prepares, performs and verifies, as the door does; again until the reading settles it. */
    async act(
      id: string,
      params: Params,
    ): Promise<{ warned: string[]; answer: ActAnswer; verified: Verification }> {
      const { checks } = await backend.acting.prepare(id, params);
      const warned = checks.filter(({ verdict }) => verdict !== 'pass').map(({ detail }) => detail);
      const answer = await backend.acting.perform(id, params, BY);
      let verified = await backend.acting.verify(id, params, answer);
      while (verified.kind === 'pending') verified = await backend.acting.verify(id, params, answer);
      return { warned, answer, verified };
    },
    read: (id: string, params: Params = {}) => backend.read(id, params, signal),
    models: async () => (await backend.refresh(), test.entries('models')),
    runs: () => test.entries('runs'),
    async chat(...contents: string[]): Promise<string> {
      const messages = contents.map((content, index) => ({
        id: String(index),
        role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
        content,
        atMs: 0,
      }));
      const pieces: string[] = [];
      for await (const piece of backend.chat!.stream(messages, signal)) pieces.push(piece);
      return pieces.join('');
    },
    control: (name: string, body: object) =>
      fetch(`${practice.ready.controlAddress ?? ''}/control/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

const BY = { requestId: 'request-1', origin: 'window' };
const BASE = { baseModel: 'openai/gpt-4o' };
const PERIOD = { startDate: '2026-01-05', endDate: '2026-01-06' };
const containing = (part: string): unknown => expect.stringContaining(part);

it('the practice server is read, and PANIC is confirmed by reading it back', async () => {
  const desk = await start();
  desk.backend.start();
  await desk.event('link-status', ({ status }) => status.linkId === 'api' && status.state.kind === 'live');
  expect(desk.entries('models').length).toBeGreaterThan(0);
  expect((await desk.backend.panic!.halt('PANIC')).kind).toBe('accepted');
  expect(await desk.backend.panic!.read()).toMatchObject({ enabled: true });
});

it('the connection test passes by it', async () => {
  const desk = await start();
  const steps = await aiTrader.test(desk.context);
  expect(steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});

describe('the acts', () => {
  it.each([
    ['start-intraday', { symbol: 'BTC', date: '2026-01-05', session: 'regular' }],
    ['start-daily', { symbol: 'BTC', ...PERIOD }],
  ])('%s queues a run, which stopping deletes', async (act, how) => {
    const desk = await start();
    const params = { modelId: '1', ...BASE, ...how };
    const started = await desk.act(act, params);
    expect(started).toMatchObject({
      warned: [],
      answer: { kind: 'accepted' },
      verified: { kind: 'confirmed' },
    });
    const runId = resultText(started.answer, 'run_id') ?? '';
    expect(desk.runs().findLast(({ id }) => id === runId)).toMatchObject({ modelId: '1' });
    const stopped = await desk.act('stop-model', { modelId: '1' });
    expect(stopped.warned).toEqual([containing('DELETES run #')]);
    expect(stopped).toMatchObject({
      answer: { message: containing('deleted') },
      verified: { kind: 'confirmed' },
    });
    await expect(desk.read('model-run', { modelId: '1', runId })).rejects.toThrow('nothing of that kind');
  });

  it('quirk 6 start-classic runs inside the server, stops without deleting, and is refused ever after', async () => {
    const desk = await start();
    const params = { modelId: '1', ...BASE, ...PERIOD };
    expect(await desk.act('start-classic', params)).toMatchObject({ verified: { kind: 'confirmed' } });
    expect(await desk.act('stop-model', { modelId: '1' })).toMatchObject({
      warned: [],
      answer: { message: 'The session inside the server was stopped.' },
      verified: { kind: 'confirmed' },
    });
    const { checks } = await desk.backend.acting.prepare('start-classic', params);
    expect(checks).toMatchObject([{ verdict: 'block' }]);
    expect(await desk.backend.acting.perform('start-classic', params, BY)).toMatchObject({ kind: 'refused' });
  });

  it('stop-run and delete-run take one run away and leave the others', async () => {
    const desk = await start();
    const params = { modelId: '1', ...BASE, symbol: 'BTC', date: '2026-01-05', session: 'regular' };
    const runId = resultText((await desk.act('start-intraday', params)).answer, 'run_id') ?? '';
    expect(await desk.act('stop-run', { runId })).toMatchObject({ verified: { kind: 'confirmed' } });
    await desk.models();
    const [older] = desk.runs().filter(({ modelId, status }) => modelId === '1' && status === 'completed');
    const before = await desk.read('model-run', { modelId: '1', runId: older!.id });
    expect(before).toMatchObject({ facts: expect.any(Array) as unknown });
    expect(await desk.act('delete-run', { runId: older!.id })).toMatchObject({
      warned: [],
      answer: { kind: 'accepted' },
      verified: { kind: 'confirmed' },
    });
  });

  it('quirk 11 a model is added, changed in one member with all others as they were, and deleted', async () => {
    const desk = await start();
    const created = await desk.act('create-model', {
      name: 'Made here',
      initialCash: '5000',
      description: 'first words',
      tradingStyle: 'swing-trading',
      allowShorting: 'true',
      allowedTickers: 'BTC, ETH',
      modelParameters: '{"temperature":0.2,"a":1}',
      customRules: 'never sell',
    });
    expect(created).toMatchObject({ answer: { kind: 'accepted' }, verified: { kind: 'confirmed' } });
    const modelId = resultText(created.answer, 'id') ?? '';
    const changed = await desk.act('update-model', { modelId, name: 'Renamed here' });
    expect(changed).toMatchObject({ verified: { kind: 'confirmed' } });
    expect((await desk.models()).findLast(({ id }) => id === modelId)).toMatchObject({
      name: 'Renamed here',
      description: 'first words',
      style: 'swing-trading',
      initialCash: '5000',
      facts: expect.arrayContaining([
        { name: 'Tickers', value: 'BTC, ETH' },
        { name: 'Allowed', value: 'shorting' },
      ]) as unknown,
    });
    expect(await desk.act('delete-model', { modelId })).toMatchObject({
      warned: [],
      verified: { kind: 'confirmed' },
    });
  });

  it('conversations are opened, gone on with and deleted', async () => {
    const desk = await start();
    const opened = await desk.act('new-conversation', {});
    expect(opened).toMatchObject({ answer: { kind: 'accepted' }, verified: { kind: 'confirmed' } });
    expect(await desk.chat('how are you')).not.toBe('');
    const listed = (await desk.read('conversations')) as { id: number; is_active: boolean }[];
    const other = listed.find(({ is_active }) => !is_active)!;
    const params = { sessionId: String(other.id) };
    expect(await desk.act('resume-conversation', params)).toMatchObject({ verified: { kind: 'confirmed' } });
    expect(await desk.act('delete-conversation', params)).toMatchObject({ verified: { kind: 'confirmed' } });
    const left = (await desk.read('conversations')) as { id: number }[];
    expect(left.map(({ id }) => id)).not.toContain(other.id);
  });
});

describe('the chat of the practice server', () => {
  it('quirk 5 opens a conversation with the first message and goes on with it afterwards', async () => {
    const desk = await start();
    const first = await desk.chat('how are you');
    expect(first.length).toBeGreaterThan(20);
    expect(await desk.chat('how are you', first, 'and now')).not.toBe('');
    const conversations = (await desk.read('conversations')) as { id: number }[];
    const messages = (await desk.read('conversation-messages', {
      sessionId: String(conversations[0]!.id),
    })) as { content: string }[];
    expect(messages.map(({ content }) => content)).toEqual(
      expect.arrayContaining(['how are you', 'and now']),
    );
  });

  it('a failure in the middle is no answer, and nothing is asked twice', async () => {
    const desk = await start();
    await desk.control('chat-failure', { afterTokens: 3, message: 'upstream went away' });
    await expect(desk.chat('hello')).rejects.toThrow('upstream went away');
    const [conversation] = (await desk.read('conversations')) as { message_count: number }[];
    expect(conversation?.message_count).toBe(1);
  });
});

it('K4 a stop of a model that was never read is confirmed by reading it, and of one that is not there by nothing', async () => {
  const desk = await start();
  await desk.control('ai-start-elsewhere', { modelId: 1, mode: 'agent' });
  const { acting } = desk.backend;
  const answer: ActAnswer = { kind: 'unknown', message: 'lost' };
  expect((await acting.verify('stop-model', { modelId: '1' }, answer)).kind).toBe('pending');
  expect((await acting.verify('stop-model', { modelId: '999' }, answer)).kind).toBe('pending');
});
