import { describe, expect, it } from 'vitest';

import type { NoticeOutcome } from '#shared/domain/attention/attention.ts';

import { redact } from '../lib/redact.ts';
import { alert, configured, live, proposed } from './testing/desk-events.ts';
import { createBench } from './testing/hub-bench.ts';

describe('L1 every attempt has an outcome that can be read in the app', () => {
  async function outcomesOf(
    options: Parameters<typeof createBench>[0],
    prepare?: (b: ReturnType<typeof createBench>) => void,
  ) {
    const bench = createBench(options);
    prepare?.(bench);
    bench.dispatch(configured('a'), live(), proposed('1'));
    await bench.clock.advance(20_000);
    expect(bench.journal).toHaveLength(1);
    expect(bench.journal[0]).toMatchObject({ kind: 'notification', backendId: 'a' });
    return { bench, outcomes: bench.outcomes() };
  }

  it('and says what it was about, also when the journal has hidden what could be a secret', async () => {
    const { bench } = await outcomesOf({});
    const told = bench.native[0];
    expect(told?.key).toContain('/');
    const journaled = redact(JSON.stringify(bench.journal[0]?.data));
    expect(journaled).toContain(`"about":"${told?.key}"`);
    expect(journaled).not.toContain('[hidden]');
  });

  it('shown', async () => {
    const { outcomes } = await outcomesOf({});
    expect(outcomes).toMatchObject({
      native: { result: 'shown' },
      sound: { result: 'shown' },
      'in-app': { result: 'shown' },
    });
  });

  it('muted by the settings, with the reason; the window shows it all the same', async () => {
    const { bench, outcomes } = await outcomesOf({}, (b) =>
      Object.assign(b.attention, { notifications: false, sound: false }),
    );
    expect(outcomes).toMatchObject({
      native: { result: 'muted', reason: expect.stringContaining('switched off') as string },
      sound: { result: 'muted', reason: expect.stringContaining('switched off') as string },
      'in-app': { result: 'shown' },
    });
    expect(bench.native).toEqual([]);
    expect(bench.inApp).toHaveLength(1);
  });

  it('blocked by a system without notifications: seen and heard in the window', async () => {
    const { bench, outcomes } = await outcomesOf({ native: null });
    expect(outcomes).toMatchObject({ native: { result: 'blocked' }, 'in-app': { result: 'shown' } });
    expect(bench.sounds).toHaveLength(1);
  });

  it('failed without a window', async () => {
    const { outcomes } = await outcomesOf({ window: false });
    expect(outcomes).toMatchObject({
      native: { result: 'shown' },
      sound: { result: 'failed', reason: expect.stringContaining('No window') as string },
      'in-app': { result: 'failed', reason: expect.stringContaining('No window') as string },
    });
  });

  it('failed when the window never says that it played the sound', async () => {
    const { outcomes } = await outcomesOf({ mute: true });
    expect(outcomes).toMatchObject({
      sound: { result: 'failed', reason: expect.stringContaining('did not say') as string },
    });
  });

  it('failed when a channel throws or never answers, without holding up the others', async () => {
    const throwing = { deliver: () => Promise.reject(new Error('D-Bus is gone')), withdraw: () => undefined };
    expect((await outcomesOf({ native: throwing })).outcomes).toMatchObject({
      native: { result: 'failed', reason: 'D-Bus is gone' },
      sound: { result: 'shown' },
    });
    const silent = { deliver: () => new Promise<NoticeOutcome>(() => undefined), withdraw: () => undefined };
    expect((await outcomesOf({ native: silent })).outcomes).toMatchObject({
      native: { result: 'failed', reason: expect.stringContaining('did not say') as string },
      'in-app': { result: 'shown' },
    });
  });

  it('a test notice goes the same way and comes back when every channel has answered', async () => {
    const bench = createBench();
    const notice = await bench.hub.test('critical');
    expect(bench.native).toEqual([notice]);
    expect(bench.sounds).toMatchObject([{ sound: 'critical' }]);
    expect(bench.outcomes()).toMatchObject({ native: { result: 'shown' }, sound: { result: 'shown' } });
  });

  it('the same sound twice in a second is one sound', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      alert('1', { severity: 'critical' }),
      alert('2', { severity: 'critical' }),
    );
    await bench.clock.advance(0);
    expect(bench.sounds).toHaveLength(1);
    expect(bench.outcomes()).toMatchObject({ native: { result: 'shown' } });
  });
});
