import { beforeEach, describe, expect, it } from 'vitest';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { silentLogger } from '../lib/logger.ts';
import { DECIDED_APPROVALS_KEPT, PENDING_APPROVALS_CEILING } from './bounds.ts';
import { createDesk } from './desk.ts';
import type { DeskPort } from './port.ts';
import {
  aHolding,
  anApproval,
  approvalStatusEvent,
  portfolioEvent,
  START_MS,
} from '#shared/domain/testing/entries.ts';

let desk: DeskPort;
beforeEach(() => {
  desk = createDesk(silentLogger);
});

const propose = (given: Partial<Approval> = {}): void =>
  desk.dispatch({ type: 'approval-proposed', approval: anApproval(given) });

const read = (approvals: Approval[], given: { complete?: boolean; readAtMs?: number } = {}): DeskEvent => ({
  type: 'approvals-read',
  backendId: 'alpha',
  approvals,
  complete: given.complete ?? true,
  readAtMs: given.readAtMs ?? START_MS + 10,
});

const approval = (id = 'p1'): Approval | undefined => desk.get('approvals', `alpha/${id}`);

/** How many patches the next event makes. */
function patchesOf(run: () => void): number {
  let count = 0;
  const unsubscribe = desk.onPatches((patches) => {
    count += patches.length;
  });
  run();
  unsubscribe();
  return count;
}

describe('D3 reconciling with the list of what is pending', () => {
  it('shows what is new and calls gone what is missing from a complete list', () => {
    propose({ id: 'p1' });
    desk.dispatch(read([anApproval({ id: 'p2' })]));
    expect(approval('p1')).toMatchObject({ status: 'gone', decidedAtMs: START_MS + 10, decidedHere: false });
    expect(approval('p2')).toMatchObject({ status: 'pending' });
  });

  it('A5 concludes nothing from absence on a full page', () => {
    propose({ id: 'p1' });
    desk.dispatch(read([anApproval({ id: 'p2' })], { complete: false }));
    expect(approval('p1')?.status).toBe('pending');
  });

  it('D3 a list that is read after the clock was set back by an hour counts, and what it misses is gone', () => {
    propose({ id: 'p1', receivedAtMs: START_MS });
    desk.dispatch(read([], { readAtMs: START_MS - HOUR_MS }));
    expect(approval('p1')?.status).toBe('gone');
    desk.dispatch(read([anApproval({ id: 'p1' })], { readAtMs: START_MS - 2 * HOUR_MS }));
    expect(approval('p1')?.status).toBe('pending');
  });

  it('does not call gone what arrived after the list was read', () => {
    propose({ id: 'late', receivedAtMs: START_MS + 20 });
    desk.dispatch(read([], { readAtMs: START_MS + 10 }));
    expect(approval('late')?.status).toBe('pending');
  });

  it('leaves the approvals of other backends alone', () => {
    propose({ backendId: 'beta', id: 'p1' });
    desk.dispatch(read([]));
    expect(desk.get('approvals', 'beta/p1')?.status).toBe('pending');
  });

  it('takes back "gone" when a later list shows it again, but not when the same old announcement is replayed', () => {
    propose();
    desk.dispatch(read([]));
    propose();
    expect(approval()?.status).toBe('gone');
    desk.dispatch(read([anApproval()], { readAtMs: START_MS + 11 }));
    expect(approval()).toMatchObject({ status: 'pending', decidedAtMs: null });
  });

  it('lets our own decision stand while its fate is read back', () => {
    propose();
    desk.dispatch(approvalStatusEvent({ status: 'unknown', decidedHere: true }));
    desk.dispatch(read([]));
    expect(approval()).toMatchObject({ status: 'unknown', decidedHere: true });
  });

  it('makes no patch for a list that says what is known', () => {
    propose();
    expect(patchesOf(() => desk.dispatch(read([anApproval({ receivedAtMs: START_MS + 10 })])))).toBe(0);
  });
});

describe('D3 late and repeated events', () => {
  it.each(['approved', 'declined', 'executed'] as const)('never brings %s back to pending', (status) => {
    propose();
    desk.dispatch(approvalStatusEvent({ status }));
    propose();
    desk.dispatch(read([anApproval()], { readAtMs: START_MS + 99 }));
    desk.dispatch(approvalStatusEvent({ status: 'pending', receivedAtMs: START_MS + 99 }));
    expect(approval()?.status).toBe(status);
  });

  it('lets the newer of two decisions stand, in whichever order they arrive', () => {
    propose();
    desk.dispatch(
      approvalStatusEvent({ status: 'declined', occurredAtMs: START_MS + 50, receivedAtMs: START_MS + 60 }),
    );
    desk.dispatch(
      approvalStatusEvent({ status: 'approved', occurredAtMs: START_MS + 40, receivedAtMs: START_MS + 70 }),
    );
    expect(approval()?.status).toBe('declined');
  });

  it('lets an execution stand over any decision, and learns what became of one that was gone', () => {
    propose();
    desk.dispatch(read([]));
    desk.dispatch(approvalStatusEvent({ status: 'executed', receivedAtMs: START_MS + 90 }));
    desk.dispatch(approvalStatusEvent({ status: 'approved', receivedAtMs: START_MS + 99 }));
    expect(approval()?.status).toBe('executed');
  });

  it('applies the same decision once', () => {
    propose();
    desk.dispatch(approvalStatusEvent({ decidedBy: 'owner' }));
    expect(
      patchesOf(() => desk.dispatch(approvalStatusEvent({ decidedBy: 'owner', receivedAtMs: START_MS + 9 }))),
    ).toBe(0);
  });

  it('invents nothing from the status of an approval that it never saw', () => {
    desk.dispatch(approvalStatusEvent({ approvalId: 'unheard-of' }));
    expect(desk.size('approvals')).toBe(0);
  });

  it('keeps a status in the backend’s own word', () => {
    propose();
    desk.dispatch(approvalStatusEvent({ status: 'other', rawStatus: 'banana' }));
    expect(approval()).toMatchObject({ status: 'other', rawStatus: 'banana' });
  });
});

describe('A6 who decided', () => {
  it('counts a decision as made here only when our own command says so', () => {
    propose();
    desk.dispatch(approvalStatusEvent({ decidedBy: 'quarterdeck' }));
    expect(approval()?.decidedHere).toBe(false);
    desk.dispatch(
      approvalStatusEvent({ decidedBy: 'quarterdeck', decidedHere: true, receivedAtMs: START_MS + 2 }),
    );
    expect(approval()).toMatchObject({ decidedHere: true, decidedAtMs: START_MS + 1 });
  });

  it('shows a decision of somebody else that overtook ours as theirs', () => {
    propose();
    desk.dispatch(approvalStatusEvent({ status: 'unknown', decidedHere: true }));
    desk.dispatch(
      approvalStatusEvent({ status: 'declined', decidedBy: 'owner', receivedAtMs: START_MS + 5 }),
    );
    expect(approval()).toMatchObject({ status: 'declined', decidedBy: 'owner', decidedHere: false });
  });

  it('lets only our own door take back a decision that was not made', () => {
    propose();
    desk.dispatch(approvalStatusEvent({ status: 'unknown', decidedHere: true }));
    desk.dispatch(approvalStatusEvent({ status: 'pending', receivedAtMs: START_MS + 5 }));
    expect(approval()?.status).toBe('unknown');
    desk.dispatch(approvalStatusEvent({ status: 'pending', decidedHere: true, receivedAtMs: START_MS + 6 }));
    expect(approval()).toMatchObject({
      status: 'pending',
      decidedHere: false,
      decidedBy: null,
      decidedAtMs: null,
    });
  });
});

describe('A1 price and value', () => {
  it('fills them in from what the desk holds at the time', () => {
    desk.dispatch(portfolioEvent());
    propose();
    expect(approval()).toMatchObject({ priceThen: '50000', valueUsd: '500' });
  });

  it('values an allocation by what is held of the asset', () => {
    desk.dispatch(portfolioEvent());
    propose({ quantity: null, allocationPct: '10' });
    expect(approval()?.valueUsd).toBe('2500');
  });

  it('leaves them open when the price is not of that time, or nothing is known of the asset', () => {
    desk.dispatch(portfolioEvent({ occurredAtMs: START_MS - 11 * MINUTE_MS }));
    propose({ id: 'old-price' });
    propose({ id: 'no-price', instrument: 'DOGE' });
    expect(approval('old-price')).toMatchObject({ priceThen: null, valueUsd: null });
    expect(approval('no-price')).toMatchObject({ priceThen: null, valueUsd: null });
  });

  it('A3 keeps the price then as it was, whatever a later list fills in', () => {
    desk.dispatch(portfolioEvent());
    propose();
    const moved = { priceUsd: '60000', valueUsd: '30000' };
    desk.dispatch(
      portfolioEvent({ occurredAtMs: START_MS + 5, receivedAtMs: START_MS + 5 }, [aHolding(moved)]),
    );
    desk.dispatch(read([anApproval({ priceThen: '60000', valueUsd: '600' })]));
    expect(approval()).toMatchObject({ priceThen: '50000', valueUsd: '500' });
  });

  it('A2 shows a changed quantity with its new value', () => {
    desk.dispatch(portfolioEvent());
    propose();
    desk.dispatch(read([anApproval({ quantity: '0.02' })]));
    expect(approval()).toMatchObject({ quantity: '0.02', priceThen: '50000', valueUsd: '1000' });
  });

  it('believes the backend where it gives them itself', () => {
    desk.dispatch(portfolioEvent());
    propose({ priceThen: '49000', valueUsd: '490' });
    expect(approval()).toMatchObject({ priceThen: '49000', valueUsd: '490' });
  });
});

describe('D7 bounds', () => {
  it('forgets the decisions made longest ago, and never what waits', () => {
    propose({ id: 'waits' });
    for (let index = 0; index < DECIDED_APPROVALS_KEPT * 2; index += 1) {
      propose({ id: `d${index}` });
      desk.dispatch(approvalStatusEvent({ approvalId: `d${index}`, receivedAtMs: START_MS + index }));
    }
    expect(desk.size('approvals')).toBeLessThanOrEqual(DECIDED_APPROVALS_KEPT + 1);
    expect(approval('waits')?.status).toBe('pending');
    expect(approval('d0')).toBeUndefined();
    expect(approval(`d${DECIDED_APPROVALS_KEPT * 2 - 1}`)?.status).toBe('approved');
  });

  it('has a ceiling against a backend that proposes without end', () => {
    for (let index = 0; index <= PENDING_APPROVALS_CEILING; index += 1) propose({ id: `n${index}` });
    expect(desk.size('approvals')).toBeLessThanOrEqual(PENDING_APPROVALS_CEILING);
    expect(approval(`n${PENDING_APPROVALS_CEILING}`)?.status).toBe('pending');
  });
});
