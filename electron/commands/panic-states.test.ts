import { describe, expect, it } from 'vitest';

import { START_MS } from '#shared/domain/testing/entries.ts';
import { heldBack } from './testing/command-bench.ts';
import { accepted } from './testing/scripted-backend.ts';
import { bench, connect, halts, reachable, silent, target, usePanicBench } from './testing/panic-bench.ts';

usePanicBench();

describe('K4 the state of each backend', () => {
  it('is confirmed by re-reading, never by an answer', async () => {
    const alpha = connect('alpha');
    const reading = heldBack<typeof alpha.halted>();
    alpha.script.read = () => reading.promise;
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha')).toMatchObject({ state: 'requested', settledAtMs: null });
    reading.release({ ...alpha.halted, enabled: true });
    await bench.settle();
    expect(target('alpha')).toMatchObject({ state: 'confirmed', settledAtMs: START_MS });
  });

  it('what took the halt and does not read as halted says why, in its own words', async () => {
    const alpha = connect('alpha');
    const beta = connect('beta');
    const reason = 'the server counts 2 follows the desk does not know';
    alpha.script.read = () => Promise.resolve({ ...alpha.halted, enabled: false, reason });
    beta.script.read = () => Promise.resolve({ ...beta.halted, enabled: false, reason: null });
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha').detail).toBe(`ALPHA answers, but does not read as halted (${reason}).`);
    expect(target('beta').detail).toBe('BETA answers, but does not read as halted.');
  });

  it('is confirmed by re-reading also when the answer was lost', async () => {
    const alpha = connect('alpha');
    alpha.script.halt = () => {
      alpha.halted = { ...alpha.halted, enabled: true };
      return Promise.reject(new Error('connection reset'));
    };
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha').state).toBe('confirmed');
  });

  it('is not confirmed by a halt that reads as unknown', async () => {
    const alpha = connect('alpha');
    alpha.script.halt = () => Promise.resolve(accepted);
    alpha.script.read = () => Promise.resolve({ ...alpha.halted, enabled: null });
    bench.panic.press('window');
    await bench.pass(5_000);
    expect(target('alpha').state).toBe('unconfirmed');
  });

  it('is failed with the words of a refusal, and goes on trying', async () => {
    const alpha = connect('alpha');
    alpha.script.halt = () => Promise.resolve({ kind: 'refused', message: 'Unauthorized.', result: null });
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('Unauthorized.') as string,
    });
    expect(target('alpha').detail).toContain('Log in at the exchange.');
    reachable(alpha);
    await bench.pass(2_000);
    expect(target('alpha').state).toBe('confirmed');
  });

  it('is not supported where a backend cannot be halted, with what to do by hand', async () => {
    connect('alpha', { panic: null });
    bench.panic.press('window');
    await bench.pass(10_000);
    expect(target('alpha')).toMatchObject({ state: 'not-supported' });
    expect(target('alpha').detail).toContain('Log in at the exchange.');
  });

  it('is confirmed later than five seconds as well, because the desk keeps trying', async () => {
    const alpha = connect('alpha');
    silent(alpha);
    bench.panic.press('window');
    await bench.pass(20_000);
    expect(target('alpha').state).toBe('unconfirmed');
    reachable(alpha);
    await bench.pass(30_000);
    expect(target('alpha').state).toBe('confirmed');
  });

  it('only reads again what was taken, instead of sending the halt again', async () => {
    const alpha = connect('alpha');
    alpha.script.halt = () => Promise.resolve(accepted);
    alpha.script.read = () => Promise.reject(new Error('busy'));
    bench.panic.press('window');
    await bench.pass(30_000);
    expect(halts(alpha)).toBe(1);
  });
});

describe('K4 the times of each halt', () => {
  it('K4 tells when it was asked, how often it was tried and when it is tried next', async () => {
    const alpha = connect('alpha');
    silent(alpha);
    bench.panic.press('window');
    await bench.settle();
    expect(target('alpha')).toMatchObject({ requestedAtMs: START_MS, tries: 1, nextTryAtMs: null });
    await bench.pass(8_000);
    expect(target('alpha')).toMatchObject({ tries: 1, nextTryAtMs: START_MS + 9_000 });
    await bench.pass(1_000);
    reachable(alpha);
    await bench.pass(20_000);
    // The request is the one of the press, however often it was tried since.
    expect(target('alpha')).toMatchObject({ state: 'confirmed', requestedAtMs: START_MS, nextTryAtMs: null });
    expect(target('alpha').tries).toBeGreaterThan(1);
  });
});
