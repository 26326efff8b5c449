import { describe, expect, it } from 'vitest';

import { HttpFailure } from '../connections/port.ts';
import {
  bench,
  connect,
  halts,
  latched,
  reachable,
  setLink,
  target,
  unreachable,
  usePanicBench,
} from './testing/panic-bench.ts';
import { createScriptedBackend } from './testing/scripted-backend.ts';

usePanicBench();

describe('K5 a backend that is offline', () => {
  it('is told of in words, kept on disk, and halted first thing when it returns', async () => {
    const alpha = connect('alpha');
    unreachable(alpha);
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha').state).toBe('offline');
    expect(target('alpha').detail).toContain('has NOT taken effect there');
    expect(bench.journal.remembered.get('panic')).toMatchObject({
      targets: [expect.objectContaining({ backendId: 'alpha', state: 'offline' })],
    });

    await bench.pass(60_000);
    reachable(alpha);
    setLink('alpha', 'live');
    expect(alpha.calls.at(-1)).toBe('halt');
    await bench.settle();
    expect(target('alpha').state).toBe('confirmed');
  });

  it('K5 is told at once also while its link still looks live, where nobody took the request', async () => {
    const alpha = connect('alpha');
    unreachable(alpha);
    setLink('alpha', 'live');
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha').state).toBe('offline');
  });

  it('K5 a request that was held back here is not called a backend that cannot be reached', async () => {
    const alpha = connect('alpha');
    alpha.script.halt = () =>
      Promise.reject(new HttpFailure({ code: 'credentials', message: 'No password.' }, false));
    alpha.script.read = () => Promise.reject(new Error('No password.'));
    setLink('alpha', 'live');
    bench.panic.press('window');
    await bench.pass(5_000);
    expect(target('alpha').state).toBe('unconfirmed');
  });

  it('is not called untouched while an earlier request may have arrived', async () => {
    const alpha = connect('alpha');
    unreachable(alpha);
    const nobodyListens = alpha.script.halt;
    alpha.script.halt = () => Promise.resolve({ kind: 'unknown', message: 'The reply was lost.' });
    bench.panic.press('window');
    await bench.pass(500);
    expect(target('alpha').state).toBe('requested');
    alpha.script.halt = nobodyListens;
    await bench.pass(10_000);
    expect(target('alpha').state).toBe('unconfirmed');
    expect(target('alpha').detail).not.toContain('NOT taken effect');
    // So resuming does not end PANIC over a backend that may be halted.
    const answer = bench.panic.resume('RESUME', 'window');
    await bench.pass(30_000);
    expect(await answer).toMatchObject({ resumed: false });
  });

  it('is asked at the very moment its link begins to connect, before anything is read over it', async () => {
    const alpha = connect('alpha');
    unreachable(alpha);
    setLink('alpha', 'live');
    bench.panic.press('window');
    await bench.settle();
    reachable(alpha);
    const before = halts(alpha);
    setLink('alpha', 'connecting');
    expect(halts(alpha)).toBe(before + 1);
  });

  it('is not asked again by every message of a link that stays as it is', async () => {
    const alpha = connect('alpha');
    unreachable(alpha);
    bench.panic.press('window');
    await bench.settle();
    const before = halts(alpha);
    for (let index = 0; index < 20; index += 1) setLink('alpha', 'connecting');
    expect(halts(alpha)).toBe(before);
  });

  it('a backend that is added while PANIC is latched is halted too', async () => {
    connect('alpha');
    bench.panic.press('window');
    await bench.settle();
    const beta = connect('beta');
    setLink('beta', 'connecting');
    await bench.settle();
    expect(target('beta').state).toBe('confirmed');
    expect(halts(beta)).toBe(1);
  });

  it('a backend that is set up anew is halted anew, at its new address', async () => {
    connect('alpha');
    bench.panic.press('window');
    await bench.settle();
    bench.desk.dispatch({
      type: 'backend-configured',
      config: { ...createScriptedBackend(bench.clock).config, id: 'alpha', address: 'http://127.0.0.1:4000' },
    });
    expect(target('alpha').state).toBe('unconfirmed');
    const moved = connect('alpha', { address: 'http://127.0.0.1:4000' });
    setLink('alpha', 'connecting');
    await bench.settle();
    expect(halts(moved)).toBe(1);
    expect(target('alpha').state).toBe('confirmed');
  });

  it('a backend that is removed is no longer waited for', async () => {
    const alpha = connect('alpha');
    unreachable(alpha);
    bench.panic.press('window');
    await bench.settle();
    bench.disconnect('alpha');
    bench.desk.dispatch({ type: 'backend-removed', backendId: 'alpha' });
    expect(latched().targets).toEqual([]);
    const before = alpha.calls.length;
    await bench.pass(60_000);
    expect(alpha.calls.length).toBe(before);
  });
});
