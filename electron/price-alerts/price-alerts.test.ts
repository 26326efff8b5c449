import { beforeEach, describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { createDesk } from '../desk/desk.ts';
import type { DeskPort } from '../desk/port.ts';
import { aBackend, aHolding, aLink, aQuote, portfolioEvent, START_MS } from '../desk/testing/entries.ts';
import { feedEvent } from '../desk/testing/feed-entries.ts';
import type { JournalRecord } from '../journal/port.ts';
import type { ManualClock } from '../lib/clock.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { PriceAlertsPort } from './port.ts';
import { createPriceAlerts } from './price-alerts.ts';

/** A memory that outlives a desk, as the journal's does. */
function createMemory() {
  const kept = new Map<string, string>();
  const entries: JournalRecord[] = [];
  let refuses = false;
  let isUnreadable = false;
  return {
    unreadable(is: boolean) {
      isUnreadable = is;
    },
    kept,
    refuse: () => {
      refuses = true;
    },
    entries,
    append: (entry: JournalRecord) => void entries.push(entry),
    remember(key: string, value: unknown) {
      if (refuses) return Promise.reject(new Error('disk full'));
      kept.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
    recall: (key: string) =>
      isUnreadable
        ? Promise.reject(new Error('the journal is being opened'))
        : Promise.resolve(JSON.parse(kept.get(key) ?? 'null') as unknown),
  };
}

let clock: ManualClock;
let desk: DeskPort;
let alerts: PriceAlertsPort;
let memory: ReturnType<typeof createMemory>;

async function startDesk(): Promise<void> {
  desk = createDesk(silentLogger);
  desk.dispatch({ type: 'backend-configured', config: aBackend() });
  desk.dispatch({ type: 'backend-configured', config: aBackend({ id: 'beta', name: 'Beta' }) });
  desk.dispatch({
    type: 'backend-configured',
    config: aBackend({ id: 'toy', name: 'Toy', practice: true }),
  });
  for (const backendId of ['alpha', 'beta', 'toy'])
    desk.dispatch({ type: 'link-status', status: aLink({ backendId, dataAtMs: clock.now() }) });
  alerts = createPriceAlerts({ desk, journal: memory, clock, log: silentLogger });
  await alerts.start();
}

beforeEach(async () => {
  clock = createManualClock(START_MS);
  memory = createMemory();
  await startDesk();
});

const anAlertText = (given: Partial<PriceAlertText> = {}): PriceAlertText => ({
  id: 'alert-one',
  symbol: 'ETH-USD',
  backendId: 'alpha',
  practice: false,
  condition: { kind: 'above', price: '4000' },
  againAfterMinutes: null,
  expiresAtMs: null,
  note: '',
  severity: 'medium',
  on: true,
  ...given,
});

function price(value: string, given: { backendId?: string; id?: string } = {}): void {
  const { backendId = 'alpha', id = 'ETH-USD' } = given;
  const atMs = clock.now();
  desk.dispatch({ type: 'link-status', status: aLink({ backendId, dataAtMs: atMs, receivedAtMs: atMs }) });
  const quote = aQuote({ backendId, id, asset: 'ETH', price: value, receivedAtMs: atMs });
  desk.dispatch(feedEvent('quotes', [quote], { backendId }));
}

const rung = (): Alert[] => [...desk.entries('alerts')].map(([, alert]) => alert);
const times = (): number => rung().reduce((sum, { count }) => sum + count, 0);
const phase = () => desk.get('priceAlerts', 'alert-one')?.phase;

/** Each price a second after the one before. */
async function prices(values: readonly string[]): Promise<void> {
  for (const value of values) {
    await clock.advance(SECOND_MS);
    price(value);
  }
}

describe('a price alert', () => {
  it('rings as an alert of the backend whose price crossed, with what it was set for', async () => {
    await alerts.save(anAlertText({ note: 'Sell a third.' }));
    await prices(['3990', '3999.999999999999999999']);
    expect(rung()).toEqual([]);
    await prices(['4000']);
    expect(rung()).toMatchObject([
      {
        backendId: 'alpha',
        kind: 'price_alert',
        severity: 'medium',
        instrument: 'ETH-USD',
        message: 'ETH-USD is at 4000, at or above 4000. Sell a third.',
      },
    ]);
    expect(desk.get('priceAlerts', 'alert-one')).toMatchObject({
      on: false,
      phase: 'rang',
      rang: { price: '4000', times: 1 },
    });
    await prices(['3000', '4100']);
    expect(times()).toBe(1);
  });

  it('below the line rings when the price falls to it', async () => {
    await alerts.save(anAlertText({ condition: { kind: 'below', price: '0.000012' } }));
    await prices(['0.0000121', '0.000012']);
    expect(rung()[0]?.message).toBe('ETH-USD is at 0.000012, at or below 0.000012.');
  });

  it('whose price is there already waits until it was back, instead of ringing about nothing new', async () => {
    price('4200');
    await alerts.save(anAlertText());
    expect(phase()).toBe('resting');
    await prices(['4300', '3900']);
    expect(phase()).toBe('armed');
    await prices(['4001']);
    expect(times()).toBe(1);
  });

  it('that rings again takes a price that dances on the line for one crossing, and the next only after its pause', async () => {
    await alerts.save(anAlertText({ againAfterMinutes: 5 }));
    await prices(['3990', '4001', '3999', '4001', '3998', '4002', '3992.1']);
    expect(times()).toBe(1);
    await clock.advance(6 * MINUTE_MS);
    await prices(['4001']);
    expect(times(), 'it was never back by enough').toBe(1);
    await prices(['3991', '4001']);
    expect(times()).toBe(2);
    await prices(['3900', '4001']);
    expect(times(), 'within the pause').toBe(2);
    await clock.advance(5 * MINUTE_MS);
    await prices(['4001']);
    expect(times(), 'it was back meanwhile and is over the line when the pause ends').toBe(3);
  });

  it('on a change compares with the lowest and the highest of its time, and finds one move once', async () => {
    const condition = { kind: 'change', percent: '5', withinMinutes: 15, direction: 'either' } as const;
    await alerts.save(anAlertText({ condition, againAfterMinutes: 1 }));
    for (const value of ['100', '101', '102', '103', '104']) {
      await clock.advance(10 * MINUTE_MS);
      price(value);
    }
    expect(times(), '4 % in 40 minutes, 1 % in 15').toBe(0);
    await prices(['98.9']);
    expect(times(), '4.9 % below the highest').toBe(0);
    await prices(['98.8']);
    expect(rung()[0]?.message).toBe('ETH-USD is at 98.8, down 5.00 % from 104 within 15 min.');
    await clock.advance(2 * MINUTE_MS);
    await prices(['98.7', '98.6']);
    expect(times(), 'what was found is not found again').toBe(1);
  });

  it('on a rise does not ring for a fall', async () => {
    const condition = { kind: 'change', percent: '5', withinMinutes: 15, direction: 'up' } as const;
    await alerts.save(anAlertText({ condition }));
    await prices(['100', '90']);
    expect(times()).toBe(0);
    await prices(['94.5']);
    expect(times()).toBe(1);
  });

  it('never rings on a stale price, and does when the same price turns out to be fresh', async () => {
    await alerts.save(anAlertText());
    await prices(['3990']);
    const broken = aLink({
      state: { kind: 'stale', sinceMs: clock.now(), cause: { code: 'silent', message: 'Silent.' } },
      dataAtMs: clock.now(),
    });
    desk.dispatch({ type: 'link-status', status: broken });
    await clock.advance(2 * SECOND_MS);
    const late = aQuote({ id: 'ETH-USD', asset: 'ETH', price: '4100', receivedAtMs: clock.now() });
    desk.dispatch(feedEvent('quotes', [late]));
    await clock.advance(10 * SECOND_MS);
    expect(times()).toBe(0);
    desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: clock.now() }) });
    await clock.advance(4 * SECOND_MS);
    expect(times()).toBe(1);
  });

  it('for a real symbol never rings on practice prices, and one set on practice only on those', async () => {
    await alerts.save(anAlertText({ backendId: null }));
    await alerts.save(anAlertText({ id: 'alert-toy', backendId: null, practice: true }));
    await prices(['3990']);
    price('3990', { backendId: 'toy' });
    await clock.advance(SECOND_MS);
    price('4100', { backendId: 'toy' });
    expect(rung().map(({ backendId }) => backendId)).toEqual(['toy']);
    await prices(['4200']);
    expect(rung().map(({ backendId }) => backendId)).toEqual(['toy', 'alpha']);
  });

  it('on the freshest takes the price of whichever backend tells it, however that writes it', async () => {
    await alerts.save(anAlertText({ backendId: null, symbol: 'ETH' }));
    await prices(['3990']);
    price('4100', { id: 'ETH-BTC' });
    expect(times()).toBe(0);
    await clock.advance(SECOND_MS);
    price('4001', { backendId: 'beta', id: 'ETHUSDT' });
    expect(rung()).toMatchObject([{ backendId: 'beta', instrument: 'ETHUSDT' }]);
  });

  it('sees the price of what is held where a backend tells no other', async () => {
    await alerts.save(anAlertText({ symbol: 'ETH' }));
    const held = (priceUsd: string): void => {
      const atMs = clock.now();
      desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: atMs }) });
      const holding = aHolding({ asset: 'ETH', priceUsd, updatedAtMs: atMs });
      desk.dispatch(portfolioEvent({ receivedAtMs: atMs, occurredAtMs: atMs }, [holding]));
    };
    held('3990');
    await clock.advance(3 * SECOND_MS);
    held('4010');
    await clock.advance(3 * SECOND_MS);
    expect(times()).toBe(1);
  });

  it('rings by the holdings of a backend whose clock is far behind, from the first figures that came while it was watched', async () => {
    await alerts.save(anAlertText({ symbol: 'ETH' }));
    const held = (priceUsd: string): void => {
      const atMs = clock.now();
      desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: atMs }) });
      const holding = aHolding({ asset: 'ETH', priceUsd, updatedAtMs: atMs });
      desk.dispatch(portfolioEvent({ receivedAtMs: atMs, occurredAtMs: atMs - 3 * HOUR_MS }, [holding]));
    };
    held('3980');
    await clock.advance(MINUTE_MS);
    held('3990');
    await clock.advance(MINUTE_MS);
    held('4010');
    await clock.advance(3 * SECOND_MS);
    expect(times()).toBe(1);
  });

  it('does not ring by holdings that are read again and again and are old', async () => {
    await alerts.save(anAlertText({ symbol: 'ETH' }));
    const stampMs = clock.now();
    const held = (priceUsd: string, occurredAtMs: number): void => {
      const atMs = clock.now();
      desk.dispatch({ type: 'link-status', status: aLink({ dataAtMs: atMs }) });
      const holding = aHolding({ asset: 'ETH', priceUsd, updatedAtMs: atMs });
      desk.dispatch(portfolioEvent({ receivedAtMs: atMs, occurredAtMs }, [holding]));
    };
    held('3990', stampMs);
    await clock.advance(3 * SECOND_MS);
    await clock.advance(5 * HOUR_MS);
    held('4010', stampMs + HOUR_MS);
    await clock.advance(3 * SECOND_MS);
    expect(times()).toBe(0);
  });

  it('does nothing when it is off or over, and refuses an end in the past', async () => {
    await alerts.save(anAlertText({ on: false }));
    await prices(['3990', '4100']);
    await alerts.save(anAlertText({ expiresAtMs: clock.now() + HOUR_MS }));
    await prices(['3990']);
    await clock.advance(HOUR_MS);
    price('4100');
    expect(times()).toBe(0);
    expect(phase()).toBe('expired');
    await expect(alerts.save(anAlertText({ expiresAtMs: clock.now() - 1 }))).rejects.toThrow('in the past');
  });

  it('D3 rings although the clock was set back, from a year that it never was', async () => {
    clock.jump(10 * 365 * 24 * HOUR_MS);
    await alerts.save(anAlertText({ againAfterMinutes: 5 }));
    await prices(['3990', '4000', '3990']);
    expect(times()).toBe(1);
    clock.jump(-10 * 365 * 24 * HOUR_MS);
    await prices(['3990', '4001']);
    expect(times()).toBe(1);
    await clock.advance(5 * MINUTE_MS);
    await prices(['3990', '4001']);
    expect(times()).toBe(2);
  });

  it('D3 takes no move of before the clock was set back for one within its time', async () => {
    const condition = { kind: 'change', percent: '5', withinMinutes: 10, direction: 'either' } as const;
    await alerts.save(anAlertText({ condition }));
    await prices(['4000', '4010']);
    clock.jump(-HOUR_MS);
    await prices(['3700', '3710']);
    expect(times()).toBe(0);
    await prices(['3500']);
    expect(times()).toBe(1);
  });

  it('that was removed can be brought back as it was', async () => {
    await alerts.save(anAlertText());
    await prices(['3990']);
    await alerts.remove('alert-one');
    await prices(['4100']);
    expect([times(), desk.size('priceAlerts')]).toEqual([0, 0]);
    await prices(['3990']);
    await alerts.restore('alert-one');
    expect(phase()).toBe('armed');
    await prices(['4100']);
    expect(times()).toBe(1);
  });

  it('D6 that cannot be written is refused in words and not shown as set', async () => {
    memory.refuse();
    await expect(alerts.save(anAlertText())).rejects.toThrow('the journal does not take it');
    expect(desk.size('priceAlerts')).toBe(0);
  });
});

describe('after a restart', () => {
  async function restart(): Promise<void> {
    alerts.dispose();
    await startDesk();
  }

  it('D6 it says what was crossed while the desk was closed, and when it was seen', async () => {
    await alerts.save(anAlertText());
    await prices(['3990']);
    await restart();
    await clock.advance(3 * HOUR_MS);
    price('4100');
    expect(rung()[0]?.message).toBe(
      'ETH-USD is at 4100, at or above 4000. Crossed while the desk was closed, seen at 2027-01-15 11:00 UTC; the last price before was 3990 at 2027-01-15 08:00 UTC.',
    );
  });

  it('D6 it does not ring again for what rang before', async () => {
    await alerts.save(anAlertText({ againAfterMinutes: 1 }));
    await prices(['3990', '4100']);
    await restart();
    await clock.advance(HOUR_MS);
    await prices(['4100', '4101']);
    expect(times()).toBe(0);
    expect(phase()).toBe('resting');
  });

  it('D6 a journal that cannot be read yet is asked again, and nothing is written over what it holds', async () => {
    await alerts.save(anAlertText());
    alerts.dispose();
    memory.unreadable(true);
    await startDesk();
    expect(phase()).toBeUndefined();
    await expect(alerts.save(anAlertText({ id: 'alert-two' }))).rejects.toThrow('cannot be read yet');
    await clock.advance(MINUTE_MS);
    memory.unreadable(false);
    await clock.advance(MINUTE_MS);
    expect(phase()).toBe('waiting');
    await prices(['3990', '4000']);
    expect(times()).toBe(1);
    alerts.dispose();
    expect(clock.pending()).toBe(0);
  });

  it('D6 a damaged one takes no other with it', async () => {
    await alerts.save(anAlertText());
    await alerts.save(anAlertText({ id: 'alert-two' }));
    const [first] = JSON.parse(memory.kept.get('price-alerts') ?? '[]') as unknown[];
    memory.kept.set('price-alerts', JSON.stringify([{ alert: { id: 7 } }, first, null]));
    await startDesk();
    expect([...desk.entries('priceAlerts')].map(([key]) => key)).toEqual(['alert-one']);
  });

  it('D6 one of a newer version is said, rings not, and is still there after the next change', async () => {
    const newer = { alert: { id: 'from-tomorrow', condition: { kind: 'moon' } } };
    memory.kept.set('price-alerts', JSON.stringify([newer]));
    await startDesk();
    expect(memory.entries.at(-1)).toMatchObject({ kind: 'system', data: { count: 1 } });
    await alerts.save(anAlertText());
    expect(JSON.parse(memory.kept.get('price-alerts') ?? '[]')).toContainEqual(newer);
    await startDesk();
    expect([...desk.entries('priceAlerts')].map(([key]) => key)).toEqual(['alert-one']);
  });
});

it('a gap without prices is said: nobody saw when it was crossed', async () => {
  await alerts.save(anAlertText());
  await prices(['3990']);
  await clock.advance(20 * MINUTE_MS);
  price('4100');
  expect(rung()[0]?.message).toContain('Crossed while no price came, seen at');
});

it('D7 ten thousand prices a second of a symbol with two hundred alerts patch nothing and ring once each', async () => {
  for (let number = 0; number < 200; number += 1)
    await alerts.save(
      anAlertText({
        id: `alert-${number}-of-many`,
        condition: { kind: 'above', price: String(4_000 + number) },
      }),
    );
  await expect(alerts.save(anAlertText({ id: 'one-too-many' }))).rejects.toThrow('200 price alerts already');
  price('3000');
  let told = 0;
  desk.onPatches((patches) => {
    told += patches.filter(({ slice }) => slice === 'priceAlerts').length;
  });
  for (let tick = 0; tick < 10_000; tick += 1) price(`3000.${String(tick).padStart(5, '0')}`);
  expect(told).toBe(0);
  price('5000');
  expect(times()).toBe(200);
});
