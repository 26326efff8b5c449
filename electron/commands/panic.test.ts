import { beforeEach, describe, expect, it } from 'vitest';

import type { PanicState, PanicTarget } from '#shared/domain/kill-switch.ts';

import type { ActAnswer } from '../backends/port.ts';
import { HttpFailure } from '../connections/port.ts';
import { aLink, START_MS } from '../desk/testing/entries.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { createBench, heldBack } from './testing/command-bench.ts';
import type { ScriptedBackend } from './testing/scripted-backend.ts';
import { accepted, createScriptedBackend } from './testing/scripted-backend.ts';

let bench: CommandBench;
beforeEach(async () => {
  bench = createBench();
  await bench.panic.start();
});

const connect = (id: string, given: Parameters<typeof createScriptedBackend>[1] = {}): ScriptedBackend =>
  bench.connect(createScriptedBackend(bench.clock, { id, name: id.toUpperCase(), ...given }));

function latched(): Extract<PanicState, { kind: 'latched' }> {
  const state = bench.panicState();
  if (state?.kind !== 'latched') throw new Error('PANIC is not latched');
  return state;
}
function target(backendId: string): PanicTarget {
  const found = latched().targets.find((each) => each.backendId === backendId);
  if (found === undefined) throw new Error(`${backendId} is not among the targets`);
  return found;
}
const halts = (backend: ScriptedBackend): number => backend.calls.filter((call) => call === 'halt').length;
let received = 1;
const setLink = (backendId: string, kind: 'live' | 'connecting'): void => {
  const state = kind === 'live' ? { kind, sinceMs: START_MS } : { kind, sinceMs: START_MS, attempt: 1 };
  received += 1;
  bench.desk.dispatch({ type: 'link-status', status: aLink({ backendId, state, received }) });
};
const hearHalt = (backend: ScriptedBackend, enabled: boolean | null, setBy: string | null): void => {
  const nowMs = bench.clock.now();
  backend.halted = { ...backend.halted, enabled, setBy, changedAtMs: nowMs, readAtMs: nowMs };
  bench.desk.dispatch({ type: 'kill-switch', killSwitch: backend.halted });
};
const silent = (backend: ScriptedBackend): void => {
  backend.script.halt = () => new Promise(() => undefined);
  backend.script.read = () => new Promise(() => undefined);
};
const unreachable = (backend: ScriptedBackend): void => {
  setLink(backend.config.id, 'connecting');
  backend.script.halt = () =>
    Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
  backend.script.read = () => Promise.reject(new Error('No route.'));
};
const reachable = (backend: ScriptedBackend): void => {
  backend.script.halt = () => {
    const nowMs = bench.clock.now();
    backend.halted = {
      ...backend.halted,
      enabled: true,
      setBy: 'quarterdeck',
      changedAtMs: nowMs,
      readAtMs: nowMs,
    };
    return Promise.resolve(accepted);
  };
  backend.script.read = () => Promise.resolve(backend.halted);
};

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

describe('K12 K14 a halt that is lifted while PANIC is latched', () => {
  const alerts = (): string[] => [...bench.desk.entries('alerts')].map(([, alert]) => alert.message);

  it('K14 by the backend itself is announced at once and put back, and counted', async () => {
    const alpha = connect('alpha');
    bench.panic.press('window');
    await bench.settle();
    for (let times = 1; times <= 3; times += 1) {
      await bench.pass(600_000);
      hearHalt(alpha, false, 'system:risk');
      expect(halts(alpha)).toBe(1 + times);
      expect(alerts().join()).toContain('lifted its halt by itself (system:risk)');
      await bench.settle();
      expect(target('alpha')).toMatchObject({ state: 'confirmed', reasserted: times });
    }
  });

  it('K14 a resume by a person elsewhere is announced and asks, and is not fought', async () => {
    const alpha = connect('alpha');
    bench.panic.press('window');
    await bench.settle();
    await bench.pass(1_000);
    hearHalt(alpha, false, 'owner');
    await bench.pass(120_000);
    setLink('alpha', 'connecting');
    setLink('alpha', 'live');
    await bench.settle();
    expect(halts(alpha)).toBe(1);
    expect(target('alpha')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('Lifted by owner') as string,
    });
    expect(alerts()).toEqual([expect.stringContaining('resumed by owner')]);
    bench.panic.press('window');
    await bench.settle();
    expect(halts(alpha)).toBe(2);
    expect(target('alpha').state).toBe('confirmed');
  });

  it('an unknown halt is not a halt, and is put back without being called a lift', async () => {
    const alpha = connect('alpha');
    bench.panic.press('window');
    await bench.settle();
    await bench.pass(1_000);
    hearHalt(alpha, null, null);
    await bench.settle();
    expect(target('alpha')).toMatchObject({ state: 'confirmed', reasserted: 0 });
    expect(halts(alpha)).toBe(2);
  });

  it('K12 a halt made again elsewhere is read back and shown as confirmed', async () => {
    const alpha = connect('alpha');
    bench.panic.press('window');
    await bench.settle();
    await bench.pass(1_000);
    hearHalt(alpha, false, 'owner');
    await bench.pass(1_000);
    hearHalt(alpha, true, 'owner');
    await bench.settle();
    expect(target('alpha').state).toBe('confirmed');
    expect(halts(alpha)).toBe(1);
  });

  it('D3 a late answer that was asked for before the halt lifts nothing', async () => {
    const alpha = connect('alpha');
    await bench.pass(10_000);
    bench.panic.press('window');
    await bench.settle();
    const earlier = {
      ...alpha.halted,
      enabled: false,
      setBy: 'system',
      changedAtMs: START_MS,
      readAtMs: START_MS + 20_000,
    };
    bench.desk.dispatch({ type: 'kill-switch', killSwitch: earlier });
    await bench.settle();
    expect(target('alpha')).toMatchObject({ state: 'confirmed', reasserted: 0 });
  });
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
