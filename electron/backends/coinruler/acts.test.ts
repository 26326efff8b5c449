import { describe, expect, it } from 'vitest';

import { actDefinitions } from './acts.ts';
import { containing } from './testing/harness.ts';
import { backend, harness, perform, sent, server, useStub } from './testing/acts-bench.ts';

useStub();

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
