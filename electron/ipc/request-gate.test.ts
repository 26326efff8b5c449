import { describe, expect, it } from 'vitest';

import type { RequestGate } from './request-gate.ts';
import { createRequestGate } from './request-gate.ts';
import type { RequestSender, Router } from './router.ts';

const desk: RequestSender = {
  sender: { id: 1 },
  senderFrame: { url: 'app://quarterdeck/index.html', parent: null },
};

describe('requests of a window that is there before the desk', () => {
  it('wait for it and are then answered in the order in which they came', async () => {
    const gate = createRequestGate();
    const answers = [gate.router(desk, 'lock.status', {}), gate.router(desk, 'desk.snapshot', { first: 1 })];
    const { asked, router } = judge();
    gate.open(router);
    expect(await Promise.all(answers)).toEqual([
      { ok: true, value: 'lock.status' },
      { ok: true, value: 'desk.snapshot' },
    ]);
    expect(asked).toEqual([
      [desk, 'lock.status', {}],
      [desk, 'desk.snapshot', { first: 1 }],
    ]);
  });

  it('S2 are judged by the router and by nothing before it, whoever asks', async () => {
    const gate = createRequestGate();
    const stranger: RequestSender = { sender: { id: 7 }, senderFrame: null };
    const early = gate.router(stranger, 'no such request', null);
    const { asked, router } = judge();
    gate.open(router);
    await early;
    await gate.router(stranger, '__proto__', 1n);
    expect(asked).toEqual([
      [stranger, 'no such request', null],
      [stranger, '__proto__', 1n],
    ]);
  });

  it('S2 do not pile up without end: the 257th is turned away at once', async () => {
    const gate = createRequestGate();
    const waiting = fill(gate);
    expect(await gate.router(desk, 'settings.get', {})).toMatchObject({
      ok: false,
      error: { code: 'unavailable' },
    });
    gate.open(judge().router);
    expect(await Promise.all(waiting)).toHaveLength(256);
    expect(await gate.router(desk, 'settings.get', {})).toEqual({ ok: true, value: 'settings.get' });
  });

  it('K2 PANIC is never turned away: it waits however many wait before it', async () => {
    const gate = createRequestGate();
    void fill(gate);
    const pressed = gate.router(desk, 'panic.press', { origin: 'window' });
    gate.open(judge().router);
    expect(await pressed).toEqual({ ok: true, value: 'panic.press' });
  });
});

/** A router that passes everything and remembers what it was asked. */
function judge(): { router: Router; asked: unknown[][] } {
  const asked: unknown[][] = [];
  const router: Router = (sender, name, params) => {
    asked.push([sender, name, params]);
    return Promise.resolve({ ok: true, value: name });
  };
  return { router, asked };
}

const fill = (gate: RequestGate) => Array.from({ length: 256 }, () => gate.router(desk, 'settings.get', {}));
