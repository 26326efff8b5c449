import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import type { FoundAtAddress } from '#shared/ipc/detect-requests.ts';

import { createSystemClock } from '../lib/clock.ts';
import type { Practice } from '../practice/practice.ts';
import { startPracticeOn } from '../practice/practice.ts';
import { detectKinds } from './detect.ts';
import { marketHub } from './market-hub/kind.ts';
import type { BackendKind } from './port.ts';
import { backendKinds } from './registry.ts';
import { createTestContext } from './testing/test-context.ts';

let stop: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stop.map((one) => one()));
  stop = [];
});

/** What is found at an address, and every secret that was asked for on the way. */
async function find(address: string): Promise<FoundAtAddress & { given: (string | null)[] }> {
  const given: (string | null)[] = [];
  const { context } = createTestContext({ config: { id: 'bot-1', kind: 'unknown', address } });
  const found = await detectKinds({
    kinds: backendKinds.values(),
    config: context.config,
    contextFor: (config) => ({
      ...context,
      config,
      async secret(name) {
        given.push(await context.secret(name));
        return null;
      },
    }),
  });
  return { ...found, given };
}

describe('what answers at an address', () => {
  it('is found for each kind among the servers of all kinds, without a secret', async () => {
    const practice: Practice = await startPracticeOn(createSystemClock(), {
      stateFile: null,
      clock: { factor: 1, originMs: 0, originRealMs: 0 },
      seed: 7,
      ports: {},
      controlPort: 0,
      quiet: true,
    });
    stop.push(() => practice.stop());
    const found = await Promise.all(
      practice.ready.backends.map(async ({ kind, address }) => ({ kind, ...(await find(address)) })),
    );
    expect(found.map(({ kind }) => kind).sort()).toEqual([...backendKinds.keys()].sort());
    for (const { kind, kinds, given } of found) {
      expect(kinds[0], kind).toBe(kind);
      expect(given.filter((secret) => secret !== null)).toEqual([]);
    }
  });

  it('is named by the kind whose test came furthest, and one whose test breaks is left out', async () => {
    const scripted = (kind: string, passed: number): BackendKind => ({
      descriptor: { ...marketHub.descriptor, kind },
      create: marketHub.create,
      test: () =>
        passed < 0
          ? Promise.reject(new Error('broke'))
          : Promise.resolve(
              Array.from({ length: 5 }, (_, index) => ({
                name: `Step ${index}`,
                outcome: index <= passed ? 'passed' : 'failed',
                detail: '',
              })),
            ),
    });
    const { context } = createTestContext({
      config: { id: 'bot-1', kind: 'unknown', address: 'http://127.0.0.1:1' },
    });
    const kinds = [scripted('little', 1), scripted('none', 0), scripted('broken', -1), scripted('most', 3)];
    const { config } = context;
    expect(await detectKinds({ kinds, config, contextFor: () => context })).toEqual({
      kinds: ['most', 'little'],
      trouble: null,
    });
  });

  it('is nothing that is known: a page answers, or nobody does and then it is said why', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<h1>Hello</h1>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stop.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    expect(await find(`http://127.0.0.1:${port}`)).toMatchObject({ kinds: [], trouble: null });
    expect(await find('http://127.0.0.1:1')).toMatchObject({
      kinds: [],
      trouble: '127.0.0.1:1 refuses the connection. Is the backend running?',
    });
  });
});
