import { describe, expect, it } from 'vitest';

import type { ActAnswer } from '../backends/port.ts';
import { START_MS } from '#shared/domain/testing/entries.ts';
import { accepted } from './testing/scripted-backend.ts';
import {
  bench,
  connect,
  halts,
  latched,
  setLink,
  silent,
  target,
  unreachable,
  usePanicBench,
} from './testing/panic-bench.ts';

usePanicBench();

describe('K1 K2 the press', () => {
  it('K2 has every request under way when it returns, before the disk is asked and before anybody is told', () => {
    const order: string[] = [];
    for (const id of ['alpha', 'beta', 'gamma']) {
      connect(id).script.halt = () => {
        order.push(`halt ${id}`);
        return new Promise(() => undefined);
      };
    }
    bench.journal.remember = () => {
      order.push('remember');
      return Promise.resolve();
    };
    bench.journal.appendDurably = () => {
      order.push('append');
      return Promise.resolve();
    };
    bench.desk.onPatches((_, event) => void order.push(event.type));
    bench.panic.press('window');
    expect(order.slice(0, 3)).toEqual(['halt alpha', 'halt beta', 'halt gamma']);
    expect(order.slice(3)).toEqual(['remember', 'panic', 'append']);
  });

  it('K1 one that hangs and one that throws delay no other', async () => {
    const alpha = connect('alpha');
    silent(alpha);
    connect('beta').script.halt = () => {
      throw new Error('broken adapter');
    };
    connect('gamma');
    bench.panic.press('window');
    await bench.settle();
    expect(target('gamma').state).toBe('confirmed');
    expect(target('alpha').state).toBe('requested');
    expect(target('beta').detail).toContain('BETA answers, but does not read as halted');
  });

  it('K2 each is confirmed or called UNCONFIRMED within five seconds of the clock', async () => {
    silent(connect('alpha'));
    connect('beta').script.read = () => Promise.reject(new Error('cannot be read'));
    connect('gamma').script.halt = () => Promise.resolve(accepted);
    connect('delta');
    bench.panic.press('window');
    await bench.pass(5_000);
    expect(latched().targets.map((each) => each.state)).toEqual([
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
      'confirmed',
    ]);
    expect(target('alpha').detail).toContain('NOT CONFIRMED');
  });
});

describe('K8 any number of presses', () => {
  it('is one activation, one request a backend and one audit entry, with the presses counted', async () => {
    const alpha = connect('alpha');
    for (let press = 0; press < 5; press += 1) bench.panic.press('window');
    await bench.settle();
    bench.panic.press('tray');
    await bench.settle();
    expect(latched()).toMatchObject({ presses: 6, origin: 'window', sinceMs: START_MS });
    expect(halts(alpha)).toBe(1);
    expect(bench.journal.records.filter((record) => record.kind === 'panic')).toHaveLength(1);
    expect(bench.journal.remembered.get('panic')).toMatchObject({ presses: 6 });
  });
});

describe('K11 its own way', () => {
  it('halts and reads back over requests of its own while the stream is down', async () => {
    connect('alpha');
    setLink('alpha', 'connecting');
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha').state).toBe('confirmed');
  });

  it.each(['offline', 'unconfirmed', 'failed'] as const)(
    'K11 says what to do by hand where it ends %s',
    async (state) => {
      const alpha = connect('alpha');
      if (state === 'offline') unreachable(alpha);
      if (state === 'unconfirmed') silent(alpha);
      if (state === 'failed')
        alpha.script.halt = () => Promise.resolve({ kind: 'refused', message: 'No.', result: null });
      bench.panic.press('window');
      await bench.pass(5_000);
      expect(target('alpha')).toMatchObject({
        state,
        detail: expect.stringContaining('Log in at the exchange.') as string,
      });
    },
  );
});

describe('K16 practice', () => {
  it('is left alone where something real is connected', async () => {
    const practice = connect('practice', { practice: true });
    connect('alpha');
    bench.panic.press('window');
    setLink('practice', 'connecting');
    await bench.settle();
    expect(latched().targets.map((each) => each.backendId)).toEqual(['alpha']);
    expect(practice.calls).toEqual([]);
  });

  it('K16 is halted beside something real where the press asks for it, also by a later press', async () => {
    const practice = connect('practice', { practice: true });
    connect('alpha');
    bench.panic.press('window');
    await bench.settle();
    expect(practice.calls).toEqual([]);
    bench.panic.press('window', true);
    await bench.settle();
    expect(target('practice').state).toBe('confirmed');
    expect(latched()).toMatchObject({ presses: 2, withPractice: true });
  });

  it('K16 is halted beside what only watches, and not beside a hub that mirrors a real account', async () => {
    const practice = connect('practice', { practice: true });
    connect('volume', { panic: null, watchesOnly: true });
    bench.panic.press('window');
    await bench.settle();
    expect(target('practice').state).toBe('confirmed');
    await bench.panic.resume('RESUME', 'window');
    connect('hub', { panic: null, mirrorsAccount: true });
    const before = practice.calls.length;
    bench.panic.press('window');
    await bench.settle();
    expect(practice.calls.length).toBe(before);
    expect(target('hub').state).toBe('not-supported');
  });

  it('is halted where it is all there is', async () => {
    connect('practice', { practice: true });
    bench.panic.press('window');
    await bench.settle();
    expect(target('practice').state).toBe('confirmed');
  });
});

it('leaves no timer behind once everything is confirmed', async () => {
  connect('alpha');
  connect('beta').script.halt = (): Promise<ActAnswer> => Promise.resolve(accepted);
  bench.panic.press('window');
  await bench.pass(30_000);
  bench.panic.dispose();
  bench.door.dispose();
  expect(bench.clock.pending()).toBe(0);
});
