import { describe, expect, it } from 'vitest';

import { createManualClock } from '../lib/clock.ts';
import { createBudget } from './budget.ts';
import type { Budget, Ticket } from './budget.ts';
import { HttpFailure } from './port.ts';
import type { RequestPriority } from './port.ts';

const FIGURES = { limit: 10, windowMs: 60_000, keptForPanic: 2, keptForDecisions: 3 };

function start(figures: typeof FIGURES | undefined = FIGURES) {
  const clock = createManualClock();
  return { clock, budget: createBudget(figures, 'bot.example', clock) };
}

/** Takes what goes at once and answers how many that were. */
function takeAll(budget: Budget, priority: RequestPriority): number {
  for (let count = 0; count < 50; count += 1) {
    const admission = budget.admit(priority, 0);
    if (admission instanceof Promise) {
      admission.catch(() => undefined);
      return count;
    }
    admission.answered();
  }
  return 50;
}

/** What became of a wait so far. */
function watch(admission: Promise<Ticket> | Ticket): { state: string; failure: HttpFailure | null } {
  const seen: { state: string; failure: HttpFailure | null } = { state: 'waiting', failure: null };
  Promise.resolve(admission).then(
    () => (seen.state = 'went'),
    (error: unknown) => {
      seen.state = 'refused';
      seen.failure = error instanceof HttpFailure ? error : null;
    },
  );
  return seen;
}

describe('budget', () => {
  it('D3 keeps room for decisions and panic from whatever the desk reads', () => {
    const { budget } = start();
    expect(takeAll(budget, 'background')).toBe(5);
    expect(takeAll(budget, 'read')).toBe(0);
    expect(takeAll(budget, 'decision')).toBe(3);
    expect(takeAll(budget, 'decision')).toBe(0);
    expect(budget.state()).toMatchObject({ limit: 10, used: 8 });
  });

  it('K2 lets panic through at once, beyond the limit and during a refusal of the server', () => {
    const { budget } = start();
    expect(takeAll(budget, 'panic')).toBe(50);
    budget.refuse(30_000);
    expect(budget.admit('panic', 0)).not.toBeInstanceOf(Promise);
  });

  it('D3 gives room back as the window slides', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'read');
    const next = watch(budget.admit('read', 60_000));
    await clock.advance(59_999);
    expect(next.state).toBe('waiting');
    await clock.advance(1);
    expect(next.state).toBe('went');
  });

  it('D3 lets decisions go before reads, and reads before what it re-reads by itself', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'decision');
    const order: string[] = [];
    for (const priority of ['background', 'read', 'decision'] as const) {
      void Promise.resolve(budget.admit(priority, 120_000)).then(() => order.push(priority));
    }
    await clock.advance(60_000);
    expect(order).toEqual(['decision', 'read', 'background']);
  });

  it('D3 lets nobody overtake who waits with the same priority', async () => {
    const { budget, clock } = start();
    const first = Array.from({ length: 5 }, () => budget.admit('read', 0) as Ticket);
    const waiting = watch(budget.admit('read', 60_000));
    const behind = watch(budget.admit('background', 60_000));
    first[0]?.giveBack();
    await clock.advance(0);
    expect([waiting.state, behind.state]).toEqual(['went', 'waiting']);
  });

  it('does not count a request that the server never saw', () => {
    const { budget } = start();
    const ticket = budget.admit('read', 0) as Ticket;
    ticket.giveBack();
    expect(budget.state()).toMatchObject({ used: 0 });
  });

  it('counts a request from its answer, because a fixed window of the server may begin as late as that', async () => {
    const { budget, clock } = start();
    const tickets = Array.from({ length: 5 }, () => budget.admit('read', 0) as Ticket);
    await clock.advance(20_000);
    for (const ticket of tickets) ticket.answered();
    const next = watch(budget.admit('read', 70_000));
    await clock.advance(59_999);
    expect(next.state).toBe('waiting');
    await clock.advance(1);
    expect(next.state).toBe('went');
  });

  it('refuses at once, as not sent, what cannot go within its own time-out', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'read');
    const refused = watch(budget.admit('read', 10_000));
    await clock.advance(0);
    expect(refused.failure).toMatchObject({
      sent: false,
      retryAfterMs: 60_000,
      linkCause: { code: 'rate-limited' },
    });
    expect(clock.pending()).toBe(0);
  });

  it('refuses, as not sent, what others went before for too long', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'read');
    const patient = watch(budget.admit('background', 60_000));
    for (let count = 0; count < 5; count += 1) watch(budget.admit('read', 60_000));
    await clock.advance(60_000);
    expect(patient.failure).toMatchObject({ sent: false, linkCause: { code: 'rate-limited' } });
  });

  it('D2 sends nothing but panic while the server refuses', async () => {
    const { budget, clock } = start();
    budget.refuse(7_000);
    expect(budget.state()?.retryAtMs).toBe(clock.now() + 7_000);
    const decision = watch(budget.admit('decision', 10_000));
    await clock.advance(6_999);
    expect(decision.state).toBe('waiting');
    await clock.advance(1);
    expect(decision.state).toBe('went');
    expect(budget.state()?.retryAtMs).toBeNull();
  });

  it('D2 keeps to a refusal where no limit is known', () => {
    const { budget } = start(undefined);
    expect(budget.admit('background', 0)).not.toBeInstanceOf(Promise);
    budget.refuse(5_000);
    const refused = budget.admit('background', 0);
    expect(refused).toBeInstanceOf(Promise);
    return expect(refused).rejects.toMatchObject({ sent: false, retryAfterMs: 5_000 });
  });

  it('counts what others send from this address when the server tells', () => {
    const { budget } = start();
    const ticket = budget.admit('read', 0) as Ticket;
    ticket.answered();
    budget.observe({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '6' });
    expect(budget.state()).toMatchObject({ used: 4 });
    expect(takeAll(budget, 'background')).toBe(1);
    expect(takeAll(budget, 'decision')).toBe(3);
  });

  it.each([
    [{ 'x-ratelimit-limit': '99', 'x-ratelimit-remaining': '0' }],
    [{ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': 'NaN' }],
    [{ 'x-ratelimit-limit': '10' }],
  ])('D5 makes nothing of %j', (headers) => {
    const { budget } = start();
    budget.observe(headers);
    expect(budget.state()).toMatchObject({ used: 0 });
  });

  it('is not frozen by a clock that is set back', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'read');
    budget.refuse(7_000);
    clock.jump(-86_400_000);
    const next = watch(budget.admit('read', 60_000));
    await clock.advance(60_000);
    expect(next.state).toBe('went');
  });

  it('D7 keeps a bounded queue and pushes out the least important', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'decision');
    const background = Array.from({ length: 200 }, () => watch(budget.admit('background', 100_000)));
    const one = watch(budget.admit('background', 100_000));
    const decision = watch(budget.admit('decision', 100_000));
    await clock.advance(0);
    expect(one.state).toBe('refused');
    expect(background.filter(({ state }) => state === 'refused')).toHaveLength(1);
    expect(decision.state).toBe('waiting');
  });

  it('ends a wait by its signal', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'read');
    const controller = new AbortController();
    const wait = watch(budget.admit('read', 60_000, controller.signal));
    controller.abort();
    await clock.advance(0);
    expect(wait.failure).toMatchObject({ sent: false, linkCause: { code: 'closed' } });
    expect(clock.pending()).toBe(0);
  });

  it('leaves no timer and no waiter behind', async () => {
    const { budget, clock } = start();
    takeAll(budget, 'read');
    const wait = watch(budget.admit('read', 60_000));
    budget.dispose();
    await clock.advance(0);
    expect(wait.failure).toMatchObject({ sent: false, linkCause: { code: 'disabled' } });
    expect(clock.pending()).toBe(0);
    await expect(Promise.resolve(budget.admit('panic', 0))).rejects.toBeInstanceOf(HttpFailure);
  });
});
