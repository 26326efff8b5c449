import { describe, expect, it } from 'vitest';

import { listen } from './testing/listening.ts';

describe('alerts', () => {
  const alert = (data: object) => ({
    type: 'alert',
    data: { message: 'm', timestamp: '2030-01-01T00:00:00Z', ...data },
  });

  it.each([
    ['info', 'low'],
    ['medium', 'medium'],
    ['warning', 'medium'],
    ['high', 'high'],
    ['critical', 'critical'],
    ['purple', 'medium'],
  ])('severity %s counts as %s', (word, severity) => {
    const desk = listen();
    desk.take(alert({ type: 'risk', severity: word }));
    expect(desk.of('alert')[0]?.alert).toMatchObject({ severity, rawSeverity: word });
  });

  it('§7.14 one that repeats with other figures is one group; a whale is news each time', () => {
    const desk = listen();
    for (const [type, message] of [
      ['collateral', 'Collateral updated: BTC locked 0.10 (LTV 3.1%)'],
      ['collateral', 'Collateral updated: BTC locked 0.20 (LTV 4%)'],
      ['whale', 'Large BTC trade: $1,200,000'],
      ['whale', 'Large BTC trade: $1,300,000'],
    ]) {
      desk.take(alert({ type, message, severity: 'info' }));
    }
    expect(new Set(desk.of('alert').map(({ alert: { groupKey } }) => groupKey)).size).toBe(3);
  });

  it('S1 carries what came with it as facts, without anything that names a secret', () => {
    const desk = listen();
    desk.take(
      alert({
        type: 'whale',
        severity: 'high',
        data: { symbol: 'btc', value: 2e6, oldKeyId: 'SECRET', nested: { code: '123456', size: 3 } },
      }),
    );
    const [found] = desk.of('alert');
    expect(found?.alert.instrument).toBe('BTC');
    expect(found?.alert.facts).toEqual([
      { name: 'symbol', value: 'btc' },
      { name: 'value', value: '2000000' },
      { name: 'nested.size', value: '3' },
    ]);
  });
});
