import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ChannelConfig, ChannelKindName } from '#shared/domain/channel.ts';

import { createConnections } from '../../connections/connections.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { OutboundMessage, Sender } from './channel-kind.ts';
import { channelKinds } from './kinds.ts';
import { startService } from './testing/service-stand-in.ts';

const TOKEN = '123456:AAE-a-token-nobody-may-see';
const HOSTILE = 'Buy *now* [here](http://evil.example) @everyone <!channel> `code` _it_ & "that"';

let service: Awaited<ReturnType<typeof startService>>;
let senders: Sender[] = [];

beforeEach(async () => {
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
  const clock = createManualClock();
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
