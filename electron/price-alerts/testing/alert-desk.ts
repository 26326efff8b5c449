import { beforeEach } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { SECOND_MS } from '#shared/time.ts';

import { createDesk } from '../../desk/desk.ts';
import type { DeskPort } from '../../desk/port.ts';
import { aBackend, aLink, aQuote, START_MS } from '#shared/domain/testing/entries.ts';
import { feedEvent } from '#shared/domain/testing/feed-entries.ts';
import type { JournalRecord } from '../../journal/port.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { PriceAlertsPort } from '../port.ts';
import { createPriceAlerts } from '../price-alerts.ts';

/** For each test a desk of two real backends and a practice one, price alerts on it, and a memory that outlives it. */
export function useAlertDesk() {
  let clock: ManualClock;
  let desk: DeskPort;
  let alerts: PriceAlertsPort;
  let memory: ReturnType<typeof createMemory>;

  /** A desk as it is after a start, over the same memory. */
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

  function price(value: string, given: { backendId?: string; id?: string; sample?: true } = {}): void {
    const { backendId = 'alpha', id = 'ETH-USD', ...more } = given;
    const atMs = clock.now();
    desk.dispatch({ type: 'link-status', status: aLink({ backendId, dataAtMs: atMs, receivedAtMs: atMs }) });
    const quote = aQuote({ backendId, id, asset: 'ETH', price: value, receivedAtMs: atMs, ...more });
    desk.dispatch(feedEvent('quotes', [quote], { backendId }));
  }

  const rung = (): Alert[] => [...desk.entries('alerts')].map(([, alert]) => alert);

  return {
    get clock(): ManualClock {
      return clock;
    },
    get desk(): DeskPort {
      return desk;
    },
    get alerts(): PriceAlertsPort {
      return alerts;
    },
    get memory(): ReturnType<typeof createMemory> {
      return memory;
    },
    startDesk,
    price,
    /** Each price a second after the one before. */
    async prices(values: readonly string[]): Promise<void> {
      for (const value of values) {
        await clock.advance(SECOND_MS);
        price(value);
      }
    },
    rung,
    times: (): number => rung().reduce((sum, { count }) => sum + count, 0),
    phase: () => desk.get('priceAlerts', 'alert-one')?.phase,
  };
}

export const anAlertText = (given: Partial<PriceAlertText> = {}): PriceAlertText => ({
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
