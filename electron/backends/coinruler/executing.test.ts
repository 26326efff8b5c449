import { describe, expect, it } from 'vitest';

import type { Json } from '../port.ts';
import { containing, eventually } from './testing/harness.ts';
import { recordedAnswer } from './testing/recordings.ts';
import { SILENCE } from './testing/stub-server.ts';
import {
  ID,
  backend,
  clock,
  executableItem,
  harness,
  pending,
  perform,
  sent,
  server,
  useStub,
} from './testing/acts-bench.ts';

useStub();

describe('executing', () => {
  const execute = (params: Record<string, Json> = {}) =>
    perform('approval.execute', { approvalId: ID, ...params });
  const answers = (status: number, name: string): void =>
    server.on(`POST /approvals/${ID}/execute`, { status, json: recordedAnswer(name) });

  it('needs a code that a person types, and says what the server says', async () => {
    answers(403, 'execute no mfa');
    const answer = await execute();
    expect(answer).toMatchObject({ kind: 'needs-code', result: { estimatedValueUsd: '510.53003025' } });
    expect(answer.message).toContain('Check terminal');
    expect(server.asked.some(({ path }) => path.startsWith('/mfa'))).toBe(false);
  });

  it('asks again after a wrong code', async () => {
    answers(403, 'execute wrong mfa');
    expect(await execute({ mfaCode: ' 000000 ' })).toMatchObject({ kind: 'needs-code' });
    expect(sent('POST')[0]?.body).toEqual({ mfaCode: '000000' });
  });

  it('trades, and the trade and the approval show at once', async () => {
    answers(200, 'execute with mfa');
    const answer = await execute();
    expect(answer).toMatchObject({
      kind: 'accepted',
      message: 'Executed as a dry run: no order was placed.',
    });
    expect(await harness.event('trade')).toMatchObject({
      trade: { orderId: 'dry-run-1795216370252', status: 'simulated' },
    });
    expect(await harness.event('approval-status')).toMatchObject({
      approvalId: ID,
      status: 'executed',
      decidedHere: true,
    });
    server.on('GET /executions/recent', { json: recordedAnswer('executions') });
    expect((await backend.acting.verify('approval.execute', { approvalId: ID }, answer)).kind).toBe(
      'confirmed',
    );
  });

  it('A5 an execution without an answer stays open for three minutes, since the server waits for the exchange before it notes it', async () => {
    pending(executableItem);
    server.on(`POST /approvals/${ID}/execute`, SILENCE);
    const answering = execute();
    await eventually(() => sent('POST').length).toBe(1);
    await clock.advance(25_000);
    const answer = await answering;
    const verify = () => backend.acting.verify('approval.execute', { approvalId: ID }, answer);
    await clock.advance(150_000);
    expect((await verify()).kind).toBe('pending');
    await clock.advance(10_000);
    expect(await verify()).toMatchObject({
      kind: 'contradicted',
      message: containing('look at the exchange'),
    });
  });

  it('A5 one that was answered is not on its way for longer than half a minute, whatever the answer', async () => {
    pending(executableItem);
    server.on(`POST /approvals/${ID}/execute`, { status: 500, json: { error: 'socket hang up' } });
    const answer = await execute();
    const verify = () => backend.acting.verify('approval.execute', { approvalId: ID }, answer);
    expect((await verify()).kind).toBe('pending');
    await clock.advance(30_000);
    expect((await verify()).kind).toBe('contradicted');
  });

  it('refuses in words what collateral protection blocks', async () => {
    server.on(`POST /approvals/${ID}/execute`, {
      status: 403,
      json: { error: 'Never sell collateral!', collateralStatus: { btcFree: 0 }, blocked: true },
    });
    const answer = await execute();
    expect(answer.kind).toBe('refused');
    expect(answer.message).toContain('Never sell collateral!');
  });

  it.each([
    [400, 'Approval not executable in current status', 'executed or decided already'],
    [500, 'RISK_DAILY_LOSS_LIMIT', 'daily loss limit'],
    [500, 'INSUFFICIENT_BALANCE', 'balance is too small'],
    [404, 'Approval not found', 'does not know this approval'],
  ])('%i %s is a certain refusal', async (status, error, words) => {
    server.on(`POST /approvals/${ID}/execute`, { status, json: { error } });
    const answer = await execute();
    expect(answer.kind).toBe('refused');
    expect(answer.message).toContain(words);
  });

  it('A5 a 500 in free text may have come after the order', async () => {
    server.on(`POST /approvals/${ID}/execute`, { status: 500, json: { error: 'E11000 duplicate key' } });
    expect((await execute()).kind).toBe('unknown');
  });

  it('A5 a time-out is unknown, and is settled by the list of executions', async () => {
    server.on(`POST /approvals/${ID}/execute`, SILENCE);
    const answering = execute();
    await eventually(() => sent('POST').length).toBe(1);
    await clock.advance(25_000);
    const answer = await answering;
    expect(answer.kind).toBe('unknown');
    expect((await backend.acting.verify('approval.execute', { approvalId: ID }, answer)).kind).toBe(
      'pending',
    );
    server.on('GET /executions/recent', { json: recordedAnswer('executions') });
    expect((await backend.acting.verify('approval.execute', { approvalId: ID }, answer)).kind).toBe(
      'confirmed',
    );
  });
});
