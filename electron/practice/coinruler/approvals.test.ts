import { afterEach, describe, expect, it } from 'vitest';

import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

async function start(): Promise<Client> {
  const { practice, client } = await startForTest();
  stop = () => practice.stop();
  return client;
}

const intent = (type: string, symbol: string, allocationPct: number): object => ({
  coin: symbol,
  metadata: { intent: { action: { type, symbol, allocationPct } } },
});

async function create(client: Client, body: object): Promise<string> {
  const { body: created } = await client.call('POST', '/approvals', body);
  return (created as { id: string }).id;
}

describe('approvals (sheet 4.1)', () => {
  it('stores whatever a client sends, overwrites status and time, and answers both id and _id', async () => {
    const client = await start();
    const { status, text } = await client.call('POST', '/approvals', {
      type: 'sell',
      coin: 'XRP',
      amount: 10,
      status: 'approved',
    });
    expect(status).toBe(200);
    expect(text).toMatch(
      /^\{"id":"([0-9a-f]{24})","type":"sell","coin":"XRP","amount":10,"status":"pending","createdAt":"[^"]+Z","_id":"\1"\}$/,
    );
    const minimal = await client.call('POST', '/approvals', {});
    expect(Object.keys(minimal.body as object)).toEqual(['id', 'status', 'createdAt', '_id']);
  });

  it('lists pending ones only, newest first, with _id only, at most 20 and 50', async () => {
    const client = await start();
    const first = await create(client, { title: 'first' });
    await client.own('PATCH', `/approvals/${first}`, { status: 'declined' });
    await client.control('rate-limit', { enabled: false });
    for (let index = 0; index < 55; index += 1) await create(client, { title: `${index}` });
    const list = (await client.call('GET', '/approvals')).body as { title: string; id?: string }[];
    expect(list).toHaveLength(20);
    expect(list[0]).toMatchObject({ title: '54' });
    expect(list[0]).not.toHaveProperty('id');
    const pending = (await client.call('GET', '/approvals/pending')).body as {
      count: number;
      items: unknown[];
    };
    expect(pending).toMatchObject({ count: 50 });
    expect(pending.items).toHaveLength(50);
  });

  it('marks without looking: any text, and unknown ids, and tells both', async () => {
    const client = await start();
    const live = await client.live();
    const id = await create(client, {});
    expect((await client.own('PATCH', `/approvals/${id}`, { status: 'banana' })).text).toBe('{"ok":true}');
    const unknown = '64b000000000000000000000';
    expect(
      (await client.own('PATCH', `/approvals/${unknown}`, { status: 'approved', actedBy: 'desk' })).text,
    ).toBe('{"ok":true}');
    await live.until(`{"type":"approval:updated","data":{"id":"${id}","status":"banana"}}`);
    await live.until(
      `{"type":"approval:updated","data":{"id":"${unknown}","status":"approved","actedBy":"desk"}}`,
    );
    live.close();
  });

  it('answers a malformed id with 500 and the words of the database driver', async () => {
    const client = await start();
    const reply = await client.own('PATCH', '/approvals/nope', { status: 'approved' });
    expect([reply.status, reply.text]).toEqual([
      500,
      '{"error":"input must be a 24 character hex string, 12 byte Uint8Array, or an integer"}',
    ]);
  });

  it('executes straight from pending and while halted, changes balances, and refuses a second time', async () => {
    const client = await start();
    await client.own('POST', '/kill-switch', { enabled: true, reason: 'drill' });
    const before = (await client.control('state')) as { balances: Record<string, number> };
    const id = await create(client, intent('enter', 'eth', 0.1));
    const live = await client.live();
    const reply = await client.own('POST', `/approvals/${id}/execute`, {});
    expect(reply.body).toMatchObject({
      ok: true,
      trade: { ok: true, status: 'filled' },
      execution: { approvalId: id, side: 'buy', symbol: 'ETH', mode: 'manual', dryRun: false },
    });
    const after = (await client.control('state')) as { balances: Record<string, number> };
    const bought = Number(((before.balances.ETH ?? 0) * 0.1).toFixed(6));
    expect(after.balances.ETH).toBeCloseTo((before.balances.ETH ?? 0) + bought, 8);
    expect(after.balances.USDC).toBeLessThan(before.balances.USDC ?? 0);
    const text = await live.until('"type":"execution"');
    expect(text).toContain('"type":"trade:submitted"');
    expect(text).toContain('"type":"trade:result","data":{"mode":"manual","ok":true,');
    expect(text).not.toContain('approval:updated');
    live.close();
    const again = await client.own('POST', `/approvals/${id}/execute`, {});
    expect([again.status, again.text]).toEqual([
      400,
      '{"error":"Approval not executable in current status"}',
    ]);
  });

  it('says why it does not execute: unknown, no intent, nothing to sell', async () => {
    const client = await start();
    const answers = [
      await client.own('POST', '/approvals/64b000000000000000000000/execute', {}),
      await client.own('POST', `/approvals/${await create(client, {})}/execute`, {}),
      await client.own('POST', `/approvals/${await create(client, intent('exit', 'NONE', 0.5))}/execute`, {}),
      await client.own('POST', `/approvals/${await create(client, intent('enter', 'SOL', 3))}/execute`, {}),
    ];
    expect(answers.map((one) => [one.status, (one.body as { error: string }).error])).toEqual([
      [404, 'Approval not found'],
      [400, 'No intent action data'],
      [400, 'Calculated amount <= 0; insufficient balance or allocation'],
      [403, 'MFA required for large trade'],
    ]);
  });

  it('never sells bitcoin that stands as collateral', async () => {
    const client = await start();
    const id = await create(client, intent('exit', 'BTC', 0.99));
    const live = await client.live();
    const reply = await client.own('POST', `/approvals/${id}/execute`, {});
    expect(reply.status).toBe(403);
    expect(reply.body).toMatchObject({
      blocked: true,
      collateralStatus: { hasCollateral: true, canSellBTC: false },
    });
    await live.until('"type":"collateral_blocked","severity":"critical"');
    live.close();
  });
});

describe('one-time codes (sheet 4.2)', () => {
  it('asks above its threshold, makes a further code each time, and accepts a right one once', async () => {
    const client = await start();
    const id = await create(client, intent('exit', 'BTC', 0.5));
    const asked = await client.own('POST', `/approvals/${id}/execute`, {});
    expect(asked.status).toBe(403);
    expect(Object.keys(asked.body as object)).toEqual([
      'error',
      'mfaRequired',
      'estimatedValueUSD',
      'expiresAt',
      'message',
    ]);
    await client.own('POST', `/approvals/${id}/execute`, {});
    const pending = (await client.own('GET', '/mfa/pending')).body as {
      count: number;
      items: { code: string }[];
    };
    expect(pending.count).toBe(2);
    const wrong = await client.own('POST', `/approvals/${id}/execute`, { mfaCode: '000000' });
    expect([wrong.status, wrong.text]).toEqual([403, '{"error":"Invalid MFA code","mfaFailed":true}']);
    const chat = (await client.call('POST', '/chat', { prompt: 'What is the code?' })).body as {
      reply: string;
    };
    expect(chat.reply).toContain(pending.items[0]?.code);
    const right = await client.own('POST', `/approvals/${id}/execute`, { mfaCode: pending.items[0]?.code });
    expect(right.status).toBe(200);
  });

  it('a verified code is used up; a request without a value fails after the code was made', async () => {
    const client = await start();
    await client.own('POST', '/mfa/request', {
      tradeId: 't1',
      type: 'buy',
      asset: 'BTC',
      quantity: 1,
      estimatedValueUSD: 5,
    });
    const { items } = (await client.own('GET', '/mfa/pending')).body as { items: { code: string }[] };
    const verify = { tradeId: 't1', code: items[0]?.code };
    expect((await client.own('POST', '/mfa/verify', verify)).text).toBe(
      '{"ok":true,"message":"MFA verified"}',
    );
    expect((await client.own('POST', '/mfa/verify', verify)).text).toBe('{"error":"Code already used"}');
    expect((await client.own('POST', '/mfa/request', { tradeId: 't2' })).status).toBe(500);
    expect((await client.own('GET', '/mfa/pending')).body).toMatchObject({ count: 1 });
  });
});
