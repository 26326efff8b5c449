import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import type { ActAnswer, Backend, Json } from '../port.ts';
import { actDefinitions } from './acts.ts';
import { coinruler } from './kind.ts';
import type { Harness } from './testing/harness.ts';
import { containing, createHarness, eventually } from './testing/harness.ts';
import { recordedAnswer } from './testing/recordings.ts';
import type { StubServer } from './testing/stub-server.ts';
import { SILENCE, startStubServer } from './testing/stub-server.ts';

const BY = { requestId: 'request-1', origin: 'window' };
const ID = '6b00d3f0a891bfc23513abb6';
const pendingItem = {
  type: 'sell',
  coin: 'XRP',
  amount: 10,
  title: 't',
  status: 'pending',
  createdAt: '2030-01-01T00:00:00Z',
  _id: ID,
};
const executableItem = {
  ...pendingItem,
  metadata: { intent: { action: { type: 'exit', symbol: 'XRP', allocationPct: 0.1 } } },
};
const fullPage = Array.from({ length: 50 }, (_, index) => ({ ...pendingItem, _id: `other${index}` }));

let server: StubServer;
let harness: Harness;
let backend: Backend;
const clock = createManualClock();

beforeEach(async () => {
  server = await startStubServer();
  harness = createHarness({ address: server.address, ownerId: 'owner-1', clock });
  backend = coinruler.create(harness.context);
});

afterEach(async () => {
  backend.dispose();
  await server.close();
});

const pending = (...items: object[]): void =>
  server.on('GET /approvals/pending', { json: { count: items.length, items } });
const perform = (act: string, params: Record<string, Json> = {}): Promise<ActAnswer> =>
  backend.acting.perform(act, params, BY);
const accepted: ActAnswer = { kind: 'accepted', message: '', result: null };
const lost: ActAnswer = { kind: 'unknown', message: '' };
const sent = (method: string) => server.asked.filter((one) => one.method === method);

describe('A5 a fresh read before each decision', () => {
  it('passes what is still pending, and shows it as it is now', async () => {
    pending(executableItem);
    const { checks, subject } = await backend.acting.prepare('approval.execute', { approvalId: ID });
    expect(checks.map(({ verdict }) => verdict)).toEqual(['pass']);
    expect(subject).toMatchObject({ id: ID, instrument: 'XRP', allocationPct: '10' });
  });

  it.each(['approval.approve', 'approval.decline', 'approval.execute'])(
    'blocks %s of one that is no longer pending',
    async (act) => {
      const { checks, subject } = await backend.acting.prepare(act, { approvalId: ID });
      expect(subject).toBeNull();
      expect(checks).toMatchObject([{ id: 'still-pending', verdict: 'block' }]);
    },
  );

  it('A2 blocks approving one that changed since it was shown', async () => {
    pending(executableItem);
    await backend.refresh();
    pending({
      ...executableItem,
      metadata: { intent: { action: { type: 'exit', symbol: 'XRP', allocationPct: 1 } } },
    });
    const { checks } = await backend.acting.prepare('approval.approve', { approvalId: ID });
    expect(checks).toMatchObject([{ verdict: 'pass' }, { id: 'unchanged', verdict: 'block' }]);
  });

  it('absence from a full page proves nothing: approving asks again, declining does not', async () => {
    pending(...fullPage);
    const approve = await backend.acting.prepare('approval.approve', { approvalId: ID });
    const decline = await backend.acting.prepare('approval.decline', { approvalId: ID });
    expect(approve.checks[0]?.verdict).toBe('warn');
    expect(decline.checks[0]?.verdict).toBe('pass');
  });

  it('A8 an unreadable list blocks approving and not declining', async () => {
    server.on('GET /approvals/pending', { status: 500, html: 'Error' });
    expect((await backend.acting.prepare('approval.approve', { approvalId: ID })).checks[0]?.verdict).toBe(
      'block',
    );
    expect((await backend.acting.prepare('approval.decline', { approvalId: ID })).checks[0]?.verdict).toBe(
      'pass',
    );
  });

  it('blocks executing what holds no trade', async () => {
    pending(pendingItem);
    const { checks } = await backend.acting.prepare('approval.execute', { approvalId: ID });
    expect(checks).toContainEqual(expect.objectContaining({ id: 'executable', verdict: 'block' }));
  });

  it('executing one that was approved before asks again', async () => {
    pending(executableItem);
    await backend.refresh();
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    await perform('approval.approve', { approvalId: ID });
    pending();
    await backend.acting.verify('approval.approve', { approvalId: ID }, accepted);
    const { checks, subject } = await backend.acting.prepare('approval.execute', { approvalId: ID });
    expect(checks).toMatchObject([{ id: 'still-pending', verdict: 'warn' }]);
    expect(subject?.status).toBe('approved');
  });
});

describe('approving and declining', () => {
  it('marks with a PATCH that carries owner and name', async () => {
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    expect(await perform('approval.decline', { approvalId: ID, reason: 'not now' })).toMatchObject({
      kind: 'accepted',
    });
    const [patch] = sent('PATCH');
    expect(patch?.body).toEqual({ status: 'declined', actedBy: 'quarterdeck' });
    expect(patch?.headers['x-owner-id']).toBe('owner-1');
    expect(patch?.headers['content-type']).toContain('application/json');
  });

  it.each([
    ['401', { status: 401, json: { error: 'Unauthorized' } }, 'refused', 'owner id'],
    [
      '403 without an owner set',
      { status: 403, json: { error: 'Owner protection not configured' } },
      'refused',
      'OWNER_ID',
    ],
    [
      '503 without a database',
      { status: 503, json: { error: 'Database not connected' } },
      'refused',
      'database',
    ],
    ['404 as a page', { status: 404, html: 'Cannot PATCH' }, 'refused', 'does not know'],
    ['500 with words', { status: 500, json: { error: 'input must be hex' } }, 'unknown', 'not known'],
    [
      'A5 409, which is none of its refusals',
      { status: 409, json: { error: 'Conflict' } },
      'unknown',
      'not known',
    ],
    ['502 as a page', { status: 502, html: 'Bad gateway' }, 'unknown', 'not known'],
    ['200 as a page', { status: 200, html: 'Welcome' }, 'unknown', 'not CoinRuler'],
  ] as const)('answered with %s', async (_, answer, kind, words) => {
    server.on(`PATCH /approvals/${ID}`, answer);
    const result = await perform('approval.approve', { approvalId: ID });
    expect(result.kind).toBe(kind);
    expect(result.message).toContain(words);
    expect(result.message).not.toContain('<');
  });

  it.each([
    [400, true],
    [404, true],
    [401, undefined],
    [429, undefined],
  ])('A5 a %i may have come after it acted: doubtful %s', async (status, doubtful) => {
    server.on(`PATCH /approvals/${ID}`, { status, json: { error: 'No' } });
    const answer = await perform('approval.approve', { approvalId: ID });
    expect(answer).toMatchObject({ kind: 'refused' });
    expect('doubtful' in answer ? answer.doubtful : undefined).toBe(doubtful);
  });

  it('A5 a broken connection is neither success nor failure', async () => {
    server.on(`PATCH /approvals/${ID}`, (response) => response.socket?.destroy());
    expect((await perform('approval.approve', { approvalId: ID })).kind).toBe('unknown');
  });

  it('A5 nothing was sent where nobody listens', async () => {
    await server.close();
    expect(await perform('approval.approve', { approvalId: ID })).toMatchObject({ kind: 'refused' });
    server = await startStubServer();
  });

  it('an id cannot lead to another call', async () => {
    await perform('approval.approve', { approvalId: '../kill-switch' });
    expect(sent('PATCH').every(({ path }) => path.startsWith('/approvals/'))).toBe(true);
  });
});

describe('K4 verified by re-reading', () => {
  it('accepted and gone from the list is confirmed', async () => {
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'confirmed',
    );
  });

  it('still pending is contradicted', async () => {
    pending(pendingItem);
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'contradicted',
    );
  });

  it('A5 absence from a full page is unverifiable', async () => {
    pending(...fullPage);
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'unverifiable',
    );
  });

  it('A5 a lost answer and no longer pending: the decision is unknown', async () => {
    const verification = await backend.acting.verify('approval.approve', { approvalId: ID }, lost);
    expect(verification.kind).toBe('unverifiable');
    expect(verification.message).toContain('what was decided is not known');
  });

  it('A5 a lost answer and still pending: it may be on its way, and after half a minute it is not', async () => {
    pending(pendingItem);
    server.on(`PATCH /approvals/${ID}`, (response) => response.socket?.destroy());
    const answer = await perform('approval.approve', { approvalId: ID });
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, answer)).kind).toBe(
      'pending',
    );
    await clock.advance(30_000);
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, answer)).kind).toBe(
      'contradicted',
    );
  });

  it('A5 beyond a full page, what is announced while the list is read counts', async () => {
    backend.start();
    await harness.event('link-status', ({ status }) => status.state.kind === 'live');
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    server.on('GET /approvals/pending', (response) => {
      server.tell({
        type: 'approval:updated',
        data: { id: ID.toUpperCase(), status: 'declined', actedBy: 'quarterdeck' },
      });
      void harness.event('approval-status').then(() => {
        const body = JSON.stringify({ count: 50, items: fullPage });
        response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      });
    });
    const answer = await perform('approval.decline', { approvalId: ID });
    expect(await backend.acting.verify('approval.decline', { approvalId: ID }, answer)).toMatchObject({
      kind: 'confirmed',
      message: containing('announced'),
    });
  });

  it('A5 beyond a full page, the announcement is waited for a moment, and then it cannot be told', async () => {
    pending(...fullPage);
    server.on(`PATCH /approvals/${ID}`, { json: { ok: true } });
    const answer = await perform('approval.decline', { approvalId: ID });
    const verify = () => backend.acting.verify('approval.decline', { approvalId: ID }, answer);
    expect((await verify()).kind).toBe('pending');
    await clock.advance(500);
    expect((await verify()).kind).toBe('unverifiable');
  });

  it('an unreadable list says to ask again', async () => {
    server.on('GET /approvals/pending', { status: 503, json: { error: 'x' } });
    expect((await backend.acting.verify('approval.approve', { approvalId: ID }, accepted)).kind).toBe(
      'pending',
    );
  });
});

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

describe('§7.10 rotation failures are HTTP 200', () => {
  it('success:false is refused, with the reason', async () => {
    server.on('POST /rotation/rotate/openai', {
      json: { service: 'openai', success: false, error: 'disabled', timestamp: '2030-01-01T00:00:00Z' },
    });
    expect(await perform('rotation.rotate', { service: 'openai' })).toMatchObject({
      kind: 'refused',
      message: 'The key for openai was not replaced: disabled.',
    });
  });

  it('S1 the old key is nowhere in what leaves', async () => {
    const wire = {
      service: 'openai',
      success: true,
      timestamp: '2030-01-01T00:00:00Z',
      newKeyId: 'openai_key_1',
      oldKeyId: 'sk-THE-SECRET',
    };
    server.on('POST /rotation/rotate/openai', { json: wire });
    server.on('GET /rotation/status', {
      json: [{ service: 'openai', enabled: true, lastRotation: '2030-01-01T00:00:00Z', isDue: false }],
    });
    const answer = await perform('rotation.rotate', { service: 'openai' });
    const verification = await backend.acting.verify('rotation.rotate', { service: 'openai' }, answer);
    expect(verification.kind).toBe('confirmed');
    expect(JSON.stringify([answer, verification, harness.events.all])).not.toMatch(/SECRET|openai_key/);
  });
});

describe('other acts', () => {
  it('a deposit sends everything that is held, so that nothing vanishes (§4.4)', async () => {
    server.on('POST /portfolio/snapshot', { json: { ok: true, snapshot: { _id: 's9', BTC: 2.5 } } });
    server.on('GET /portfolio', { json: { _id: 's9', BTC: 2.5, timestamp: '2030-01-01T00:00:00Z' } });
    const answer = await perform('portfolio.deposit', { asset: 'btc', amount: '0.5' });
    expect(sent('POST')[0]?.body).toEqual({
      balances: { BTC: 2.5 },
      prices: { BTC: 60_000 },
      reason: 'deposit',
      isDeposit: true,
      depositAmounts: { BTC: 0.5 },
    });
    expect((await backend.acting.verify('portfolio.deposit', {}, answer)).kind).toBe('confirmed');
  });

  it('a deposit without a known price is refused before anything is sent', async () => {
    expect(await perform('portfolio.deposit', { asset: 'NEW', amount: 1 })).toMatchObject({
      kind: 'refused',
    });
    expect(sent('POST')).toEqual([]);
  });

  it('switching a rule is confirmed by the list of rules', async () => {
    server.on('POST /rules/r1/activate', { json: { ok: true } });
    server.on('GET /rules', { json: [{ _id: 'r1', name: 'Trim', enabled: false }] });
    const answer = await perform('rules.deactivate', { ruleId: 'r1' });
    expect(sent('POST')[0]?.body).toEqual({ enabled: false });
    expect((await backend.acting.verify('rules.deactivate', { ruleId: 'r1' }, answer)).kind).toBe(
      'confirmed',
    );
    expect((await backend.acting.verify('rules.activate', { ruleId: 'r1' }, answer)).kind).toBe(
      'contradicted',
    );
  });

  it('replacing the objectives is confirmed by reading them', async () => {
    server.on('PUT /objectives', { json: { ok: true } });
    server.on('GET /objectives', { json: { b: 1, a: { c: [1, 2] } } });
    const params = { objectives: '{"a":{"c":[1,2]},"b":1}' };
    const answer = await perform('objectives.replace', params);
    expect((await backend.acting.verify('objectives.replace', params, answer)).kind).toBe('confirmed');
  });

  it('§7.8 every POST carries a JSON object', async () => {
    server.on('POST /rotation/scheduler/check', { json: { ok: true, message: 'x' } });
    await perform('rotation.check');
    expect(sent('POST')[0]).toMatchObject({
      body: {},
      headers: { 'content-type': containing('application/json') },
    });
  });

  it.each([
    ['approval.approve', {}],
    ['approvals.create', { side: 'hold', asset: 'BTC', quantity: 1 }],
    ['approvals.create', { side: 'buy', asset: 'BTC' }],
    ['portfolio.snapshot', { balances: '[1]' }],
    ['portfolio.snapshot', { balances: { BTC: 'many' } }],
    ['rules.create', { rule: { name: 'no trigger' } }],
    ['rotation.rotate', { service: '../../kill-switch' }],
    ['objectives.replace', { objectives: '{' }],
  ])('%s refuses %j before anything is sent', async (act, params) => {
    expect((await perform(act, params)).kind).toBe('refused');
    expect(server.asked).toEqual([]);
  });

  it('only what reduces or changes no risk passes while killed (K3)', () => {
    const risks = Object.fromEntries(
      actDefinitions.map(({ descriptor }) => [descriptor.id, descriptor.risk]),
    );
    expect(risks).toMatchObject({
      'approval.approve': 'adds',
      'approval.execute': 'adds',
      'approvals.create': 'adds',
      'rules.activate': 'adds',
      'objectives.replace': 'adds',
      'approval.decline': 'reduces',
      'rules.deactivate': 'reduces',
      'rotation.rotate': 'neutral',
    });
  });
});
