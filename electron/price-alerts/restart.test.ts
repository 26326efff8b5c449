import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { anAlertText, useAlertDesk } from './testing/alert-desk.ts';

const at = useAlertDesk();
const { phase, price, prices, rung, startDesk, times } = at;

describe('after a restart', () => {
  async function restart(): Promise<void> {
    at.alerts.dispose();
    await startDesk();
  }

  it('D6 it says what was crossed while the desk was closed, and when it was seen', async () => {
    await at.alerts.save(anAlertText());
    await prices(['3990']);
    await restart();
    await at.clock.advance(3 * HOUR_MS);
    price('4100');
    expect(rung()[0]?.message).toBe(
      'ETH-USD is at 4,100, at or above 4,000. Crossed while the desk was closed, seen at 2027-01-15 11:00 UTC; the last price before was 3,990 at 2027-01-15 08:00 UTC.',
    );
  });

  it('D6 it does not ring again for what rang before', async () => {
    await at.alerts.save(anAlertText({ againAfterMinutes: 1 }));
    await prices(['3990', '4100']);
    await restart();
    await at.clock.advance(HOUR_MS);
    await prices(['4100', '4101']);
    expect(times()).toBe(0);
    expect(phase()).toBe('resting');
  });

  it('D6 a journal that cannot be read yet is asked again, and nothing is written over what it holds', async () => {
    await at.alerts.save(anAlertText());
    at.alerts.dispose();
    at.memory.unreadable(true);
    await startDesk();
    expect(phase()).toBeUndefined();
    await expect(at.alerts.save(anAlertText({ id: 'alert-two' }))).rejects.toThrow('cannot be read yet');
    await at.clock.advance(MINUTE_MS);
    at.memory.unreadable(false);
    await at.clock.advance(MINUTE_MS);
    expect(phase()).toBe('waiting');
    await prices(['3990', '4000']);
    expect(times()).toBe(1);
    at.alerts.dispose();
    expect(at.clock.pending()).toBe(0);
  });

  it('D6 a damaged one takes no other with it', async () => {
    await at.alerts.save(anAlertText());
    await at.alerts.save(anAlertText({ id: 'alert-two' }));
    const [first] = JSON.parse(at.memory.kept.get('price-alerts') ?? '[]') as unknown[];
    at.memory.kept.set('price-alerts', JSON.stringify([{ alert: { id: 7 } }, first, null]));
    await startDesk();
    expect([...at.desk.entries('priceAlerts')].map(([key]) => key)).toEqual(['alert-one']);
  });

  it('D6 one of a newer version is said, rings not, and is still there after the next change', async () => {
    const newer = { alert: { id: 'from-tomorrow', condition: { kind: 'moon' } } };
    at.memory.kept.set('price-alerts', JSON.stringify([newer]));
    await startDesk();
    expect(at.memory.entries.at(-1)).toMatchObject({ kind: 'system', data: { count: 1 } });
    await at.alerts.save(anAlertText());
    expect(JSON.parse(at.memory.kept.get('price-alerts') ?? '[]')).toContainEqual(newer);
    await startDesk();
    expect([...at.desk.entries('priceAlerts')].map(([key]) => key)).toEqual(['alert-one']);
  });
});
