import { beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS } from '#shared/time.ts';

import type { Verification } from '../backends/port.ts';
import { HttpFailure } from '../connections/port.ts';
import { anApproval, approvalStatusEvent, aQuote, START_MS } from '#shared/domain/testing/entries.ts';
import type { CommandBench } from './testing/command-bench.ts';
import { aCommand, createBench } from './testing/command-bench.ts';
import type { MemoryJournal } from './testing/memory-journal.ts';
import type { ScriptedBackend } from './testing/scripted-backend.ts';
import { createScriptedBackend } from './testing/scripted-backend.ts';

let bench: CommandBench;
let alpha: ScriptedBackend;
beforeEach(async () => {
  await begin();
});

/** A desk on a disk that may have a past. */
async function begin(journal?: MemoryJournal): Promise<void> {
  bench = createBench(journal);
  await bench.panic.start();
  alpha = bench.connect(createScriptedBackend(bench.clock));
  await bench.settle();
}

const propose = (id: string, valueUsd: string | null = '100', backendId = 'alpha'): void =>
  bench.propose({ id, backendId, valueUsd, quantity: null, priceThen: '50000', title: id });
const approve = (approvalId: string, given: Parameters<typeof aCommand>[0] = {}) =>
  bench.door.submit(aCommand({ params: { approvalId }, ...given }));
const check = (approvalId: string, id: string, backendId = 'alpha') =>
  bench.door
    .check({ backendId, act: 'approval.approve', params: { approvalId } })
    .find((one) => one.id === id);

describe('A4 the limit of the day', () => {
  it('A4 a soft one asks a second time, and goes on with the person’s yes', async () => {
    bench.setLimits({ softDayUsd: '250' });
    for (const id of ['p1', 'p2', 'p3']) propose(id);
    expect((await approve('p1')).status).toBe('confirmed');
    expect((await approve('p2')).status).toBe('confirmed');
    const asked = await approve('p3');
    expect(asked).toMatchObject({ status: 'blocked', message: expect.stringContaining('$200') as string });
    expect((await approve('p3', { acceptedWarnings: ['soft-day'] })).status).toBe('confirmed');
  });

  it('A4 a hard one refuses whatever the person says', async () => {
    bench.setLimits({ hardDayUsd: '150' });
    for (const id of ['p1', 'p2']) propose(id);
    await approve('p1');
    const refused = await approve('p2', { acceptedWarnings: ['soft-day', 'hard-day'] });
    expect(refused.message).toBe('$100 decided today. This takes $100; $50 left of your hard $150.');
    expect(refused.checks).toContainEqual(expect.objectContaining({ id: 'hard-day', verdict: 'block' }));
    expect(alpha.performed).toHaveLength(1);
  });

  it('A4 the card says what is used and what is left', async () => {
    bench.setLimits({ hardDayUsd: '500' });
    for (const id of ['p1', 'p2']) propose(id);
    await approve('p1');
    expect(check('p2', 'day')?.detail).toBe('$100 decided today. $300 left of $500 after this.');
  });

  it('A4 is kept over a restart, and a fate that is unknown counts as used', async () => {
    bench.setLimits({ hardDayUsd: '250' });
    for (const id of ['p1', 'p2']) propose(id);
    await approve('p1');
    alpha.script.perform = () => Promise.resolve({ kind: 'unknown', message: 'No answer.' });
    alpha.script.verify = (): Promise<Verification> =>
      Promise.resolve({ kind: 'pending', message: 'Not yet.' });
    const submitted = approve('p2');
    await bench.pass(12_000);
    expect((await submitted).status).toBe('unconfirmed');

    await begin(bench.journal);
    bench.setLimits({ hardDayUsd: '250' });
    propose('p3');
    expect(check('p3', 'hard-day')?.detail).toContain('$200 decided today');
    expect((await approve('p3')).status).toBe('blocked');
  });

  it('A4 one that ended in a crash after it was written down counts as used', async () => {
    bench.setLimits({ hardDayUsd: '150' });
    propose('p1');
    alpha.script.perform = () => new Promise(() => undefined);
    void approve('p1');
    await bench.settle();
    await begin(bench.journal);
    bench.setLimits({ hardDayUsd: '150' });
    propose('p2');
    expect(check('p2', 'hard-day')?.verdict).toBe('block');
  });

  it('A4 what was refused, or certainly never left, is not used; not after a restart either', async () => {
    bench.setLimits({ hardDayUsd: '150' });
    for (const id of ['p1', 'p2', 'p3']) propose(id);
    alpha.script.perform = () => Promise.resolve({ kind: 'refused', message: 'No.', result: null });
    await approve('p1');
    alpha.script.perform = () =>
      Promise.reject(new HttpFailure({ code: 'unreachable', message: 'No route.' }, false));
    await approve('p2');
    expect(check('p3', 'day')?.detail).toContain('$0 decided today');
    await begin(bench.journal);
    bench.setLimits({ hardDayUsd: '150' });
    propose('p3');
    expect(check('p3', 'day')?.detail).toContain('$0 decided today');
  });

  it('A4 what re-reading proves not to have happened is given back to the day', async () => {
    bench.setLimits({ hardDayUsd: '150' });
    for (const id of ['p1', 'p2']) propose(id);
    alpha.script.perform = () => Promise.resolve({ kind: 'unknown', message: 'No answer.' });
    alpha.script.verify = (): Promise<Verification> =>
      Promise.resolve({ kind: 'pending', message: 'Not yet.' });
    const submitted = approve('p1');
    await bench.pass(12_000);
    await submitted;
    expect(check('p2', 'hard-day')?.verdict).toBe('block');
    alpha.script.verify = (): Promise<Verification> =>
      Promise.resolve({ kind: 'contradicted', message: 'Still pending.' });
    await bench.pass(60_000);
    expect(check('p2', 'day')?.verdict).toBe('pass');
  });

  it('A4 two at the same moment cannot both take what is left for one', async () => {
    bench.setLimits({ hardDayUsd: '150' });
    for (const id of ['p1', 'p2']) propose(id);
    const outcomes = await Promise.all([approve('p1'), approve('p2')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['blocked', 'confirmed']);
    expect(alpha.performed).toHaveLength(1);
  });

  it('A4 begins anew at midnight of the machine’s day', async () => {
    bench.setLimits({ hardDayUsd: '150' });
    propose('p1');
    await approve('p1');
    await bench.clock.advance(DAY_MS);
    bench.link({ dataAtMs: bench.clock.now() });
    bench.propose({ id: 'p2', valueUsd: '100', quantity: null, createdAtMs: bench.clock.now() });
    expect(check('p2', 'day')?.detail).toContain('$0 decided today');
  });

  it('A4 approving and then executing one proposal uses the day once', async () => {
    bench.setLimits({ hardDayUsd: '100' });
    for (const id of ['p1', 'p2']) propose(id, '70');
    await approve('p1');
    expect((await approve('p1', { act: 'approval.execute' })).status).toBe('confirmed');
    expect(check('p2', 'hard-day')?.detail).toContain('$70 decided today');
  });

  it('A4 counts practice and real apart, and one backend’s own day beside the one over all', async () => {
    bench.connect(createScriptedBackend(bench.clock, { id: 'beta', name: 'Beta' }));
    bench.connect(createScriptedBackend(bench.clock, { id: 'play', name: 'Play', practice: true }));
    bench.setLimits({ hardDayUsd: '250', byBackend: { beta: { hardDayUsd: '120' } } });
    for (const id of ['p1', 'p2']) propose(id);
    for (const id of ['b1', 'b2']) propose(id, '100', 'beta');
    propose('s1', '100', 'play');
    await approve('p1');
    await approve('b1', { backendId: 'beta' });
    expect(check('b2', 'hard-backend-day', 'beta')?.verdict).toBe('block');
    expect(check('p2', 'hard-day')?.detail).toContain('$200 decided today');
    expect(check('s1', 'day', 'play')?.detail).toContain('$0 decided today in practice');
  });

  it('A4 nothing passes a hard day before it is known what was used of it', async () => {
    const { journal } = bench;
    journal.disk = 'refuses';
    await begin(journal);
    bench.setLimits({ hardDayUsd: '150' });
    propose('p1');
    expect(check('p1', 'day-unread')?.verdict).toBe('block');
    journal.disk = 'works';
    await bench.pass(10_000);
    expect(check('p1', 'day')?.verdict).toBe('pass');
  });

  it('A8 never holds a decline back, nor counts one', async () => {
    bench.setLimits({ hardDayUsd: '50' });
    for (const id of ['p1', 'p2']) propose(id);
    expect((await approve('p1', { act: 'approval.decline' })).status).toBe('confirmed');
    bench.setLimits({ hardDayUsd: '100' });
    expect(check('p2', 'day')?.detail).toContain('$0 decided today');
  });
});

describe('A4 quantities and what is no proposal', () => {
  const quantities = [{ instrument: 'BTC', backendId: null, soft: '0.5', hard: '1' }];

  it.each([
    ['0.5', 'quantity', 'pass'],
    ['0.51', 'soft-quantity', 'warn'],
    ['1.01', 'hard-quantity', 'block'],
  ])('A4 a quantity of %s is %s', (quantity, id, verdict) => {
    bench.setLimits({ quantities });
    bench.propose({ id: 'p1', quantity, instrument: 'BTC-USDC' });
    expect(check('p1', id)?.verdict).toBe(verdict);
  });

  it('A4 a share of the balance is measured by what it is worth', () => {
    bench.setLimits({ quantities });
    bench.propose({ id: 'p1', quantity: '0.1', allocationPct: '50', valueUsd: '60000' });
    expect(check('p1', 'hard-quantity')?.detail).toContain('1.2 BTC');
    bench.setLimits({ quantities: [{ instrument: 'ETH', backendId: null, soft: '1', hard: null }] });
    bench.propose({ id: 'p2', instrument: 'ETH', quantity: null, allocationPct: '50', valueUsd: null });
    expect(check('p2', 'quantity-unknown')?.verdict).toBe('warn');
  });

  it('A4 holds for other acts that say what they put at stake', async () => {
    bench.setLimits({ quantities, softValueUsd: '1000', hardDayUsd: '60000' });
    const start = (params: Record<string, string>) =>
      bench.door.submit(aCommand({ act: 'bot.start', params: { bot: 'b', ...params } }));
    expect((await start({ amount: '1001' })).checks).toContainEqual(
      expect.objectContaining({ id: 'soft-limit', verdict: 'warn' }),
    );
    expect((await start({ market: 'BTC-USDC', size: '0.4', ratio: '3' })).checks).toContainEqual(
      expect.objectContaining({ id: 'hard-quantity', verdict: 'block' }),
    );
    expect((await start({ amount: '900' })).status).toBe('confirmed');
    propose('p1');
    expect(check('p1', 'day')?.detail).toContain('$900 decided today');
  });
});

it('A4 what the desk and what the backend ask is asked at once, in one second question', async () => {
  bench.setLimits({ softValueUsd: '50' });
  propose('p1');
  const asks = { id: 'thin-market', label: 'Thin market', verdict: 'warn', detail: 'Few orders.' } as const;
  alpha.script.prepare = () => Promise.resolve({ checks: [asks], subject: null });
  const asked = await approve('p1');
  expect(asked.status).toBe('blocked');
  expect(asked.checks.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id)).toEqual([
    'soft-limit',
    'thin-market',
  ]);
  expect((await approve('p1', { acceptedWarnings: ['soft-limit', 'thin-market'] })).status).toBe('confirmed');
});

describe('A3 the price now', () => {
  it('A3 a fresher price of another backend counts, and the check says whose it is and how old', () => {
    bench.connect(createScriptedBackend(bench.clock, { id: 'hub', name: 'Hub' }));
    bench.propose({ id: 'p1', priceThen: '50000', valueUsd: '500' });
    expect(check('p1', 'price-drift')?.verdict).toBe('pass');
    const quote = aQuote({ backendId: 'hub', id: 'BTCUSDT', price: '52000', receivedAtMs: START_MS + 1 });
    bench.desk.dispatch({ type: 'feed', slice: 'quotes', backendId: 'hub', entries: [quote] });
    const drift = check('p1', 'price-drift');
    expect(drift?.verdict).toBe('block');
    expect(drift?.detail).toContain('$52,000 by Hub (BTCUSDT), 0 s old');
  });

  it('A4 a soft limit on the drift asks, and for one backend it can be another', () => {
    bench.setLimits({ softPriceDriftPct: '1', maxPriceDriftPct: null });
    bench.propose({ id: 'p1', priceThen: '49000' });
    expect(check('p1', 'soft-drift')?.verdict).toBe('warn');
    bench.setLimits({ byBackend: { alpha: { softPriceDriftPct: '5' } } });
    expect(check('p1', 'price-drift')?.verdict).toBe('pass');
  });
});

describe('A2 what a newer one replaced', () => {
  it('A2 cannot be approved from anywhere, and can be declined', async () => {
    bench.propose({ id: 'old' });
    bench.propose({ id: 'new', createdAtMs: START_MS + 1_000 });
    expect(check('old', 'superseded')?.verdict).toBe('block');
    expect((await approve('old', { origin: 'tray' })).status).toBe('blocked');
    expect((await approve('old', { act: 'approval.decline' })).status).toBe('confirmed');
    bench.desk.dispatch(approvalStatusEvent({ approvalId: 'new', status: 'declined' }));
    bench.propose({ id: 'older', createdAtMs: START_MS - 1_000 });
    expect(check('older', 'superseded')?.detail).toContain('That one was declined.');
  });

  it('A2 the newest of them can be approved', async () => {
    bench.propose({ id: 'old' });
    bench.propose({ id: 'new', createdAtMs: START_MS + 1_000 });
    expect((await approve('new', { acceptedWarnings: ['price-unknown'] })).status).toBe('confirmed');
  });

  it('A2 one that is replaced between the click and the request is not sent', async () => {
    bench.propose({ id: 'old' });
    alpha.script.prepare = () => {
      bench.propose({ id: 'new', createdAtMs: START_MS + 1_000 });
      return Promise.resolve({ checks: [], subject: anApproval({ id: 'old' }) });
    };
    expect((await approve('old')).status).toBe('blocked');
    expect(alpha.performed).toEqual([]);
  });
});
