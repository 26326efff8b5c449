import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ChannelConfig, ChannelKindName } from '#shared/domain/attention/channel.ts';

import { createConnections } from '../../connections/connections.ts';
import { startUntrustedServer } from '../../connections/testing/untrusted-server.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { OutboundMessage, Sender } from './channel-kind.ts';
import { channelKinds } from './kinds.ts';
import { startService } from './testing/service-stand-in.ts';

const TOKEN = '123456:AAE-a-token-nobody-may-see';
const HOSTILE = 'Buy *now* [here](http://evil.example) @everyone <!channel> `code` _it_ & "that"';

let service: Awaited<ReturnType<typeof startService>>;
let senders: Sender[] = [];
let clock: ManualClock;

beforeEach(async () => {
  clock = createManualClock();
  service = await startService({ status: 200, body: '{"ok":true}' });
});
afterEach(async () => {
  for (const sender of senders) sender.dispose();
  senders = [];
  await service.stop();
});

const message = (given: Partial<OutboundMessage> = {}): OutboundMessage => ({
  id: 'm1',
  title: 'Bot: LTV is 71 %',
  body: 'Collateral is low.',
  severity: 'critical',
  atMs: Date.UTC(2030, 0, 2, 3, 4, 5),
  ...given,
});

function open(
  kind: ChannelKindName,
  options: ChannelConfig['options'],
  secrets: Record<string, string>,
): Sender {
  const config: ChannelConfig = {
    id: 'one',
    kind,
    name: 'Mine',
    enabled: true,
    minSeverity: 'low',
    practice: true,
    recipients: [],
    options,
  };
  const sender = channelKinds[kind].open({
    config,
    secret: (name) => Promise.resolve(secrets[name] ?? null),
    connections: createConnections({ clock, log: silentLogger, random: () => 0 }),
    clock,
  });
  senders.push(sender);
  return sender;
}

const telegram = () => open('telegram', { server: service.address }, { token: TOKEN });
const discord = () => open('discord', {}, { webhook: `${service.address}/api/webhooks/1/${TOKEN}` });
const slack = () => open('slack', {}, { webhook: `${service.address}/services/T0/${TOKEN}` });
const sms = () =>
  open('sms', { server: service.address, account: 'AC0123456789', from: '+15005550006' }, { token: TOKEN });
const received = () => service.received.at(-1) ?? { path: '', headers: {}, body: '' };
const receivedJson = (): unknown => JSON.parse(received().body);

describe('Telegram', () => {
  it('is told as its Bot API wants it, with what bots write escaped', async () => {
    expect(await telegram().send(message({ body: HOSTILE }), '42')).toEqual({ kind: 'delivered' });
    expect(received().path).toBe(`/bot${TOKEN}/sendMessage`);
    expect(receivedJson()).toMatchObject({
      chat_id: '42',
      parse_mode: 'MarkdownV2',
      text: [
        '*CRITICAL: Bot: LTV is 71 %*',
        'Buy \\*now\\* \\[here\\]\\(http://evil\\.example\\) @everyone <\\!channel\\> \\`code\\` \\_it\\_ & "that"',
      ].join('\n'),
    });
  });

  it('says in its own words what it refuses', async () => {
    service.next({
      status: 400,
      body: '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}',
    });
    expect(await telegram().send(message(), '42')).toEqual({
      kind: 'refused',
      reason: 'Telegram says: Bad Request: chat not found.',
    });
  });
});

describe('Discord', () => {
  it('gets one embed with the colour of the severity, and calls nobody', async () => {
    expect(await discord().send(message({ body: HOSTILE }), '')).toEqual({ kind: 'delivered' });
    expect(receivedJson()).toMatchObject({
      allowed_mentions: { parse: [] },
      embeds: [
        { title: 'CRITICAL: Bot: LTV is 71 %', color: 0xd23b3b, timestamp: '2030-01-02T03:04:05.000Z' },
      ],
    });
    expect(received().body).toContain('\\\\@everyone');
    const colours = [];
    for (const severity of ['low', 'medium', 'high'] as const) {
      await discord().send(message({ severity }), '');
      colours.push(/"color":(\d+)/.exec(received().body)?.[1]);
    }
    expect(new Set(colours).size).toBe(3);
  });
});

describe('Slack', () => {
  it('gets header, section and context blocks as plain text', async () => {
    expect(await slack().send(message({ body: HOSTILE }), '')).toEqual({ kind: 'delivered' });
    expect(receivedJson()).toMatchObject({
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'CRITICAL: Bot: LTV is 71 %' } },
        { type: 'section', text: { type: 'plain_text', text: HOSTILE } },
        { type: 'context', elements: [{ type: 'plain_text', text: 'Quarterdeck, 2030-01-02 03:04:05 UTC' }] },
      ],
    });
  });

  it('says in its own words what it refuses', async () => {
    service.next({ status: 404, headers: { 'content-type': 'text/plain' }, body: 'no_service' });
    expect(await slack().send(message(), '')).toEqual({ kind: 'refused', reason: 'Slack says: no_service.' });
  });
});

describe('SMS', () => {
  it('goes out as a form of at most 160 characters with the account behind it', async () => {
    service.next({ status: 201, body: '{"sid":"SM1","status":"queued"}' });
    expect(await sms().send(message({ body: 'x'.repeat(400) }), '+4915112345678')).toEqual({
      kind: 'delivered',
    });
    const { path, headers, body } = received();
    expect(path).toBe('/2010-04-01/Accounts/AC0123456789/Messages.json');
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(headers.authorization).toBe(`Basic ${Buffer.from(`AC0123456789:${TOKEN}`).toString('base64')}`);
    const form = new URLSearchParams(body);
    expect(form.get('To')).toBe('+4915112345678');
    expect(form.get('From')).toBe('+15005550006');
    expect(form.get('Body')).toHaveLength(160);
    expect(form.get('Body')).toMatch(/^CRITICAL: Bot: LTV is 71 %\. x+\.\.\.$/);
  });
});

it('Telegram says in its answer how long to wait, and is waited for', async () => {
  service.next({
    status: 429,
    body: '{"ok":false,"description":"Too Many","parameters":{"retry_after":35}}',
  });
  expect(await telegram().send(message(), '42')).toEqual({
    kind: 'later',
    reason: 'Telegram says: Too Many.',
    afterMs: 35_000,
  });
});

it('Discord says it in its answer and in headers of its own, the last message that it takes included', async () => {
  service.next(
    { status: 429, headers: { 'retry-after': '1' }, body: '{"message":"slow","retry_after":64.57}' },
    { status: 204, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '12.5' }, body: '' },
  );
  const sender = discord();
  expect(await sender.send(message(), '')).toMatchObject({ kind: 'later', afterMs: 64_570 });
  expect(await sender.send(message(), '')).toEqual({ kind: 'delivered', pauseMs: 12_500 });
});

it('S3 a webhook whose certificate nobody vouches for gets nothing', async () => {
  const untrusted = await startUntrustedServer();
  const sender = open('slack', {}, { webhook: `${untrusted.address}/services/${TOKEN}` });
  const answer = await sender.send(message(), '');
  expect(answer).toMatchObject({ kind: 'refused' });
  expect(JSON.stringify(answer)).not.toContain(TOKEN);
  expect(untrusted.requests()).toBe(0);
  await untrusted.close();
});

describe.each([
  ['Telegram', telegram],
  ['Discord', discord],
  ['Slack', slack],
  ['SMS', sms],
])('%s in trouble', (_name, make) => {
  it('that asks for patience is tried later, after as long as it says', async () => {
    service.next({ status: 429, headers: { 'retry-after': '7' }, body: '{"message":"slow down"}' });
    expect(await make().send(message(), '42')).toMatchObject({ kind: 'later', afterMs: 7_000 });
  });

  it('that says it has a trouble of its own is tried later', async () => {
    service.next({ status: 503, headers: { 'retry-after': '30' }, body: '<html>down</html>' });
    expect(await make().send(message(), '42')).toMatchObject({ kind: 'later', afterMs: 30_000 });
  });

  it('that cannot be reached is tried later', async () => {
    await service.stop();
    expect(await make().send(message(), '42')).toMatchObject({ kind: 'later' });
    service = await startService({ status: 200, body: '' });
  });

  it('that breaks off behind the request leaves the fate unknown', async () => {
    service.next(null);
    expect(await make().send(message(), '42')).toMatchObject({ kind: 'unknown' });
  });

  it('that names the time of day until which to wait is left alone until then', async () => {
    const reply = {
      status: 429,
      headers: { date: 'Wed, 02 Jan 2030 03:04:00 GMT', 'retry-after': 'Wed, 02 Jan 2030 03:05:30 GMT' },
      body: '<html>slow down</html>',
    };
    service.next(reply, { ...reply, status: 503 });
    const sender = make();
    expect(await sender.send(message(), '42')).toMatchObject({ kind: 'later', afterMs: 90_000 });
    expect(await sender.send(message(), '42')).toMatchObject({ kind: 'later', afterMs: 90_000 });
  });

  it('that answers 200 and says in the body that it did not take it has refused', async () => {
    service.next({ status: 200, body: '{"ok":false,"description":"no","message":"no"}' });
    expect(await make().send(message(), '42')).toMatchObject({ kind: 'refused' });
  });

  it('behind which something answers 200 with a page of its own leaves the fate unknown', async () => {
    const html = { 'content-type': 'text/html' };
    service.next({ status: 200, headers: html, body: '<!doctype html><title>Sign in</title>' });
    expect(await make().send(message(), '42')).toMatchObject({ kind: 'unknown' });
  });

  it('that hangs, or breaks off in its answer, leaves the fate unknown within a bounded time', async () => {
    service.next('hang', 'half');
    const sender = make();
    const hanging = sender.send(message(), '42');
    await expect.poll(() => service.received.length).toBe(1);
    await clock.advance(20_000);
    expect(await hanging).toMatchObject({ kind: 'unknown' });
    expect(await sender.send(message(), '42')).toMatchObject({ kind: 'unknown' });
  });

  it('S3 that sends to another origin is not followed: nothing gets there', async () => {
    const elsewhere = await startService({ status: 200, body: '{"ok":true}' });
    for (const status of [301, 302, 307, 308])
      service.next({ status, headers: { location: `${elsewhere.address}/take` }, body: '' });
    const sender = make();
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const answer = await sender.send(message(), '42');
      expect(answer.kind).not.toBe('delivered');
      expect(JSON.stringify(answer)).not.toContain(TOKEN);
    }
    expect(elsewhere.received).toEqual([]);
    await elsewhere.stop();
  });

  it('S3 names its secret in no refusal', async () => {
    for (const status of [400, 401, 404, 429, 500]) {
      service.next({ status, body: '{}' });
      expect(JSON.stringify(await make().send(message(), '42'))).not.toContain(TOKEN);
    }
  });
});

it('without its secret nothing is sent, and it says what is missing', async () => {
  for (const sender of [
    open('telegram', { server: service.address }, {}),
    open('discord', {}, {}),
    open('slack', {}, {}),
    open('sms', { server: service.address, account: 'AC0123456789', from: '+1' }, {}),
  ]) {
    const answer = await sender.send(message(), '42');
    expect(answer.kind).toBe('refused');
    expect('reason' in answer ? answer.reason : '').toContain('missing');
  }
  expect(service.received).toEqual([]);
});

it('S3 a webhook beyond this computer without TLS is refused', async () => {
  const sender = open('slack', {}, { webhook: 'http://hooks.example/services/x' });
  expect(await sender.send(message(), '')).toMatchObject({ kind: 'refused' });
});
