import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { anAlertText, useAlertDesk } from './testing/alert-desk.ts';

const at = useAlertDesk();
const { phase, price, prices, rung, times } = at;

describe('a price alert', () => {
  it('rings as an alert of the backend whose price crossed, with what it was set for', async () => {
    await at.alerts.save(anAlertText({ note: 'Sell a third.' }));
    await prices(['3990', '3999.999999999999999999']);
    expect(rung()).toEqual([]);
    await prices(['4000']);
    expect(rung()).toMatchObject([
      {
        backendId: 'alpha',
        kind: 'price_alert',
        severity: 'medium',
        instrument: 'ETH-USD',
        message: 'ETH-USD is at 4,000, at or above 4,000. Sell a third.',
      },
    ]);
    expect(at.desk.get('priceAlerts', 'alert-one')).toMatchObject({
      on: false,
      phase: 'rang',
      rang: { price: '4000', times: 1 },
    });
    await prices(['3000', '4100']);
    expect(times()).toBe(1);
  });

  it('below the line rings when the price falls to it', async () => {
    await at.alerts.save(anAlertText({ condition: { kind: 'below', price: '0.000012' } }));
    await prices(['0.0000121', '0.000012']);
    expect(rung()[0]?.message).toBe('ETH-USD is at 0.000012, at or below 0.000012.');
  });

  it('whose price is there already waits until it was back, instead of ringing about nothing new', async () => {
    price('4200');
    await at.alerts.save(anAlertText());
    expect(phase()).toBe('resting');
    await prices(['4300', '3900']);
    expect(phase()).toBe('armed');
    await prices(['4001']);
    expect(times()).toBe(1);
  });

  it('that rings again takes a price that dances on the line for one crossing, and the next only after its pause', async () => {
    await at.alerts.save(anAlertText({ againAfterMinutes: 5 }));
    await prices(['3990', '4001', '3999', '4001', '3998', '4002', '3992.1']);
    expect(times()).toBe(1);
    await at.clock.advance(6 * MINUTE_MS);
    await prices(['4001']);
    expect(times(), 'it was never back by enough').toBe(1);
    await prices(['3991', '4001']);
    expect(times()).toBe(2);
    await prices(['3900', '4001']);
    expect(times(), 'within the pause').toBe(2);
    await at.clock.advance(5 * MINUTE_MS);
    await prices(['4001']);
    expect(times(), 'it was back meanwhile and is over the line when the pause ends').toBe(3);
  });

  it('on a change compares with the lowest and the highest of its time, and finds one move once', async () => {
    const condition = { kind: 'change', percent: '5', withinMinutes: 15, direction: 'either' } as const;
    await at.alerts.save(anAlertText({ condition, againAfterMinutes: 1 }));
    for (const value of ['100', '101', '102', '103', '104']) {
      await at.clock.advance(10 * MINUTE_MS);
      price(value);
    }
    expect(times(), '4 % in 40 minutes, 1 % in 15').toBe(0);
    await prices(['98.9']);
    expect(times(), '4.9 % below the highest').toBe(0);
    await prices(['98.8']);
    expect(rung()[0]?.message).toBe('ETH-USD is at 98.8, down 5.00 % from 104 within 15 min.');
    await at.clock.advance(2 * MINUTE_MS);
    await prices(['98.7', '98.6']);
    expect(times(), 'what was found is not found again').toBe(1);
  });

  it('on a rise does not ring for a fall', async () => {
    const condition = { kind: 'change', percent: '5', withinMinutes: 15, direction: 'up' } as const;
    await at.alerts.save(anAlertText({ condition }));
    await prices(['100', '90']);
    expect(times()).toBe(0);
    await prices(['94.5']);
    expect(times()).toBe(1);
  });

  it('does nothing when it is off or over, and refuses an end in the past', async () => {
    await at.alerts.save(anAlertText({ on: false }));
    await prices(['3990', '4100']);
    await at.alerts.save(anAlertText({ expiresAtMs: at.clock.now() + HOUR_MS }));
    await prices(['3990']);
    await at.clock.advance(HOUR_MS);
    price('4100');
    expect(times()).toBe(0);
    expect(phase()).toBe('expired');
    await expect(at.alerts.save(anAlertText({ expiresAtMs: at.clock.now() - 1 }))).rejects.toThrow(
      'in the past',
    );
  });

  it('D3 rings although the clock was set back, from a year that it never was', async () => {
    at.clock.jump(10 * 365 * 24 * HOUR_MS);
    await at.alerts.save(anAlertText({ againAfterMinutes: 5 }));
    await prices(['3990', '4000', '3990']);
    expect(times()).toBe(1);
    at.clock.jump(-10 * 365 * 24 * HOUR_MS);
    await prices(['3990', '4001']);
    expect(times()).toBe(1);
    await at.clock.advance(5 * MINUTE_MS);
    await prices(['3990', '4001']);
    expect(times()).toBe(2);
  });

  it('D3 takes no move of before the clock was set back for one within its time', async () => {
    const condition = { kind: 'change', percent: '5', withinMinutes: 10, direction: 'either' } as const;
    await at.alerts.save(anAlertText({ condition }));
    await prices(['4000', '4010']);
    at.clock.jump(-HOUR_MS);
    await prices(['3700', '3710']);
    expect(times()).toBe(0);
    await prices(['3500']);
    expect(times()).toBe(1);
  });

  it('that was removed can be brought back as it was', async () => {
    await at.alerts.save(anAlertText());
    await prices(['3990']);
    await at.alerts.remove('alert-one');
    await prices(['4100']);
    expect([times(), at.desk.size('priceAlerts')]).toEqual([0, 0]);
    await prices(['3990']);
    await at.alerts.restore('alert-one');
    expect(phase()).toBe('armed');
    await prices(['4100']);
    expect(times()).toBe(1);
  });

  it('D6 that cannot be written is refused in words and not shown as set', async () => {
    at.memory.refuse();
    await expect(at.alerts.save(anAlertText())).rejects.toThrow('the journal does not take it');
    expect(at.desk.size('priceAlerts')).toBe(0);
  });
});

it('D7 ten thousand prices a second of a symbol with two hundred alerts patch nothing and ring once each', async () => {
  for (let number = 0; number < 200; number += 1)
    await at.alerts.save(
      anAlertText({
        id: `alert-${number}-of-many`,
        condition: { kind: 'above', price: String(4_000 + number) },
      }),
    );
  await expect(at.alerts.save(anAlertText({ id: 'one-too-many' }))).rejects.toThrow(
    '200 price alerts already',
  );
  price('3000');
  let told = 0;
  at.desk.onPatches((patches) => {
    told += patches.filter(({ slice }) => slice === 'priceAlerts').length;
  });
  for (let tick = 0; tick < 10_000; tick += 1) price(`3000.${String(tick).padStart(5, '0')}`);
  expect(told).toBe(0);
  price('5000');
  expect(times()).toBe(200);
});
