import { describe, expect, it } from 'vitest';

import { readFrame } from './read-frame.ts';
import { listen } from './testing/harness.ts';
import { recordedFrames } from './testing/recordings.ts';

const frames = [...recordedFrames(1), ...recordedFrames(2)];

describe('the recordings of the reference server', () => {
  it('hold frames of six of the eight kinds, in both forms of the heartbeat', () => {
    expect(frames.length).toBe(34);
    const kinds = new Set(frames.map((frame) => readFrame(frame)?.frame.type));
    expect([...kinds].sort()).toEqual([
      'alert',
      'heartbeat',
      'portfolio_update',
      'price_update',
      'system_status',
      'trade_executed',
    ]);
  });

  it.each(frames.map((frame, index) => [index, frame]))(
    'frame %i is taken, none rejected',
    (_index, frame) => {
      const hub = listen();
      const verdict = hub.intake.take(frame);
      const isSign = /"type": "(?:heartbeat|system_status)"/.test(frame);
      expect(verdict).toMatchObject({ kind: isSign ? 'keep-alive' : 'data' });
    },
  );

  it('become quotes, portfolio, trades and alerts with the figures that were sent', () => {
    const hub = listen();
    for (const frame of recordedFrames(2)) hub.intake.take(frame);

    expect(hub.quotes().map(({ price }) => price)).toEqual(
      [2000, 2010, 2020, 2030, 2040, 2050, 2060, 2070, 2080, 2090].map(String),
    );
    expect(hub.quotes().at(-1)).toEqual({
      backendId: 'hub',
      id: 'ETH-USDC',
      asset: 'ETH',
      price: '2090',
      change24hPct: '4.5',
      volume24h: '1090000',
      receivedAtMs: hub.clock.now(),
    });
    const last = hub.of('portfolio').at(-1);
    expect(last?.portfolio).toMatchObject({ totalUsd: '10900', change24hPct: null, occurredAtMs: null });
    expect(last?.holdings).toMatchObject([
      { asset: 'ETH', quantity: '5', priceUsd: '2090', valueUsd: '10450', change24hPct: '4.5' },
      { asset: 'USDC', quantity: '5900', priceUsd: '1', valueUsd: '5900' },
    ]);
    expect(hub.of('trade').map(({ trade }) => [trade.side, trade.averagePrice, trade.status])).toEqual([
      ['buy', '2000', 'filled'],
      ['sell', '2030', 'filled'],
      ['buy', '2060', 'filled'],
      ['sell', '2090', 'filled'],
    ]);
    expect(hub.of('alert').map(({ alert }) => [alert.kind, alert.severity, alert.message])).toEqual([
      ['price_alert', 'low', 'ETH price reached $2000'],
      ['price_alert', 'low', 'ETH price reached $2050'],
    ]);
    expect(hub.about.asJson()).toMatchObject({ clients: 1, profitAndLoss: '450', profitAndLossPct: '4.5' });
  });
});
