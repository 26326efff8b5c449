import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';
import type { QuarterdeckBridge } from '#shared/ipc/contract.ts';

import type { BulkRow } from './bulk.ts';
import { bulkWords, previewBulk, runBulk, stopBulk, summarise, useBulk } from './bulk.ts';
import { makeApproval } from './testing/make-approval.ts';

const check = (id: string, verdict: GuardCheck['verdict'], detail = id): GuardCheck => ({
  id,
  label: id,
  verdict,
  detail,
});
const row = (id: string, given: Partial<BulkRow['approval']> = {}, ...checks: GuardCheck[]): BulkRow => ({
  approval: makeApproval({ id, ...given }),
  checks,
});

let sent: Command[] = [];
let outcomeOf: (command: Command) => CommandOutcome['status'];
beforeEach(() => {
  sent = [];
  outcomeOf = () => 'confirmed';
  useBulk.setState({ ends: new Map(), running: false, stopped: false });
  vi.stubGlobal('window', { quarterdeck: bridge });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('A7 several at once', () => {
  it('A7 the summary has the total value, per backend too, and how many have none that is known', () => {
    const summary = summarise([
      row('a', { valueUsd: '0.1' }),
      row('b', { valueUsd: '-0.2' }),
      row('c', { valueUsd: null, backendId: 'two' }),
    ]);
    expect(summary).toMatchObject({
      totalUsd: '0.3',
      unknown: 1,
      perBackend: [
        { backendId: 'one', count: 2, usd: '0.3' },
        { backendId: 'two', count: 1, usd: '0' },
      ],
    });
  });

  it('A7 what is blocked is named with its reason, and is in no total', () => {
    const summary = summarise([
      row('a', { valueUsd: '5' }),
      row('b', { valueUsd: '900' }, check('expiry', 'block', 'It expired.')),
    ]);
    expect(summary.open.map(({ approval }) => approval.id)).toEqual(['a']);
    expect(summary.blocked).toMatchObject([{ why: 'It expired.' }]);
    expect(summary.totalUsd).toBe('5');
  });

  it('A4 each soft limit is asked once for all that it is about', () => {
    const summary = summarise([
      row('a', {}, check('soft-limit', 'warn', 'About $2,000.')),
      row('b', {}, check('soft-limit', 'warn', 'About $3,000.'), check('price-unknown', 'warn')),
      row('c'),
    ]);
    expect(summary.warnings).toMatchObject([
      { id: 'soft-limit', count: 2, details: ['About $2,000.', 'About $3,000.'] },
      { id: 'price-unknown', count: 1 },
    ]);
  });

  it('A7 each goes through the door by itself, with a request and an end of its own', async () => {
    outcomeOf = ({ params }) => (params.approvalId === 'b' ? 'blocked' : 'confirmed');
    await runBulk([row('a'), row('b'), row('c')], 'approval.approve', ['soft-limit']);
    expect(sent.map(({ params }) => params.approvalId)).toEqual(['a', 'b', 'c']);
    expect(new Set(sent.map(({ requestId }) => requestId)).size).toBe(3);
    expect(sent.every(({ acceptedWarnings }) => acceptedWarnings.includes('soft-limit'))).toBe(true);
    expect(
      [...useBulk.getState().ends].map(([key, end]) => [key, end.phase === 'done' && end.outcome.status]),
    ).toEqual([
      ['one/a', 'confirmed'],
      ['one/b', 'blocked'],
      ['one/c', 'confirmed'],
    ]);
  });

  it('A7 no warning is accepted that the person did not tick', async () => {
    await runBulk([row('a')], 'approval.approve', []);
    expect(sent[0]?.acceptedWarnings).toEqual([]);
  });

  it('A7 stopping lets the one under way end and sends no further one', async () => {
    outcomeOf = () => {
      stopBulk();
      return 'confirmed';
    };
    await runBulk([row('a'), row('b')], 'approval.decline', []);
    expect(sent).toHaveLength(1);
    expect(useBulk.getState().running).toBe(false);
  });

  it('A5 a second start while one is under way sends nothing twice', async () => {
    await Promise.all([
      runBulk([row('a')], 'approval.approve', []),
      runBulk([row('a')], 'approval.approve', []),
    ]);
    expect(sent).toHaveLength(1);
  });

  it('A8 the words at the end promise nothing back', async () => {
    outcomeOf = ({ params }) => (params.approvalId === 'b' ? 'unconfirmed' : 'confirmed');
    await runBulk([row('a'), row('b')], 'approval.decline', []);
    expect(bulkWords('approval.decline', useBulk.getState().ends.values())).toBe(
      '1 declined, 1 unknown, being checked. What was sent cannot be taken back.',
    );
  });

  it('A3 the summary is the door’s own checks', async () => {
    const [shown] = await previewBulk([makeApproval()], 'approval.approve');
    expect(shown?.checks).toEqual([check('fresh', 'pass')]);
  });
});

/** A bridge that answers the two requests of a decision. */
const answer = (name: string, params: unknown): Promise<{ ok: true; value: unknown }> => {
  if (name === 'command.check') return Promise.resolve({ ok: true, value: [check('fresh', 'pass')] });
  const wish = params as Command;
  sent.push(wish);
  const status = outcomeOf(wish);
  const value = { requestId: wish.requestId, status, message: '', checks: [], result: null };
  return Promise.resolve({ ok: true, value });
};
const bridge: Pick<QuarterdeckBridge, 'request'> = { request: answer as QuarterdeckBridge['request'] };
