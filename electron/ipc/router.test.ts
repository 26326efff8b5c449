import { describe, expect, it } from 'vitest';

import type { Envelope } from '#shared/ipc/contract.ts';
import { requests } from '#shared/ipc/contract.ts';

import { silentLogger } from '../lib/logger.ts';
import { RequestError } from './request-error.ts';
import type { RequestHandlers, RequestSender } from './router.ts';
import { createRouter } from './router.ts';

const desk: RequestSender = {
  sender: { id: 1 },
  senderFrame: { url: 'app://quarterdeck/index.html', parent: null },
};
const stranger: RequestSender = {
  sender: { id: 2 },
  senderFrame: { url: 'https://example.com/', parent: null },
};

describe('the router', () => {
  it('S2 answers a request of the desk with the value of its handler', async () => {
    const { ask } = start({ 'assistant.stop': () => null });
    expect(await ask('assistant.stop', { conversationId: 'stream-1' })).toEqual({ ok: true, value: null });
  });

  it('S2 refuses a sender that is not the desk before it looks at anything else', async () => {
    const { ask, asked } = start();
    expect(codeOf(await ask('panic.press', { origin: 'window' }, stranger))).toBe('forbidden-sender');
    expect(codeOf(await ask('no such request', null, stranger))).toBe('forbidden-sender');
    expect(asked).toEqual([]);
  });

  it.each([
    ['unknown.name'],
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['hasOwnProperty'],
    [''],
    [7],
    [null],
    [{}],
    [['app.info']],
  ])('S2 answers the unknown request %j with an error value', async (name) => {
    const { ask, asked } = start();
    expect(codeOf(await ask(name, {}))).toBe('unknown-request');
    expect(asked).toEqual([]);
  });

  it.each([
    ['a missing member', 'assistant.stop', {}],
    ['a wrong type', 'assistant.stop', { conversationId: 7 }],
    ['nothing', 'assistant.stop', undefined],
    ['a text over its limit', 'assistant.stop', { conversationId: 'x'.repeat(81) }],
    ['a number that is not one', 'portfolio.history', { fromMs: Number.NaN, toMs: 1, maxPoints: 10 }],
    ['a date object', 'assistant.stop', { conversationId: new Date(0) }],
    ['a map', 'assistant.stop', new Map([['conversationId', 'stream-1']])],
    ['a big integer', 'assistant.stop', { conversationId: 1n }],
  ])('S2 refuses %s', async (_what, name, params) => {
    const { ask, asked } = start();
    expect(codeOf(await ask(name, params))).toBe('bad-request');
    expect(asked).toEqual([]);
  });

  it.each([['__proto__'], ['constructor'], ['prototype']])(
    'S2 refuses the key %s at any depth',
    async (key) => {
      const { ask, asked } = start();
      const inside: unknown = JSON.parse(`{ "${key}": { "polluted": true } }`);
      expect(codeOf(await ask('command.submit', inside))).toBe('bad-request');
      expect(codeOf(await ask('command.submit', { params: { deep: [inside] } }))).toBe('bad-request');
      expect(asked).toEqual([]);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );

  it('S2 refuses a huge request, one nested without end and one that contains itself', async () => {
    const { ask } = start();
    const circle: { inside: unknown } = { inside: null };
    circle.inside = circle;
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    for (const params of [
      { text: 'x'.repeat(9_000_000) },
      { many: new Array(300_000).fill(0) },
      circle,
      deep,
    ]) {
      expect(codeOf(await ask('command.submit', params))).toBe('bad-request');
    }
  });

  it('S2 hands a handler only what the schema names', async () => {
    const { ask, asked } = start({ 'assistant.stop': () => null });
    await ask('assistant.stop', { conversationId: 'stream-1', extra: 'not asked for' });
    expect(asked).toEqual([['assistant.stop', { conversationId: 'stream-1' }]]);
  });

  it('S2 turns what a handler throws into an error value with its words', async () => {
    const { ask } = start({
      'app.info': () => {
        throw new Error('the disk is full');
      },
      'backends.refresh': () =>
        Promise.reject(new RequestError('not-found', 'This backend is not connected.')),
    });
    expect(await ask('app.info', {})).toEqual({
      ok: false,
      error: { code: 'failed', message: 'the disk is full' },
    });
    expect(await ask('backends.refresh', { backendId: 'main' })).toEqual({
      ok: false,
      error: { code: 'not-found', message: 'This backend is not connected.' },
    });
  });

  it('S2 survives a handler that throws something that is no error', async () => {
    const { ask } = start({
      'app.info': () =>
        ({ then: (_done: unknown, failed: (reason: unknown) => void) => failed('a text') }) as never,
    });
    expect(codeOf(await ask('app.info', {}))).toBe('failed');
  });

  it('S1 keeps a secret in the words of an error from the window', async () => {
    const { ask } = start({
      'app.info': () => {
        throw new Error('GET /x failed with Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789');
      },
    });
    expect(JSON.stringify(await ask('app.info', {}))).not.toContain('abcdefghijklmnopqrstuvwxyz0123456789');
  });
});

/** A router whose handlers note what they were asked; those that are not given answer nothing. */
function start(given: Partial<RequestHandlers> = {}) {
  const asked: [string, unknown][] = [];
  const handlers = new Proxy({} as RequestHandlers, {
    get(_target, name: keyof RequestHandlers) {
      return (params: never, windowId: never) => {
        asked.push([name, params]);
        const handler: ((params: never, windowId: never) => unknown) | undefined = given[name];
        return handler === undefined ? null : handler(params, windowId);
      };
    },
  });
  const router = createRouter({
    handlers,
    isTrusted: (sender) => sender === desk,
    refusal: () => null,
    refusedInPast: () => null,
    log: silentLogger,
  });
  const ask = (name: unknown, params: unknown, sender = desk): Promise<Envelope<unknown>> =>
    router(sender, name, params);
  return { ask, asked };
}

const codeOf = (envelope: Envelope<unknown>): string => (envelope.ok ? 'ok' : envelope.error.code);

it('every request of the contract has a schema that refuses what is no object', () => {
  for (const { params } of Object.values(requests)) expect(params.safeParse('text').success).toBe(false);
});
