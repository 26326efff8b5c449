import { describe, expect, it } from 'vitest';

import { START_MS } from '#shared/domain/testing/entries.ts';
import { bench, connect, halts, hearHalt, setLink, target, usePanicBench } from './testing/panic-bench.ts';

usePanicBench();

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
