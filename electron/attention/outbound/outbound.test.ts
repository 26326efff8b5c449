import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { Notice } from '#shared/domain/attention/attention.ts';
import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import { createConnections } from '../../connections/connections.ts';
import type { JournalRecord } from '../../journal/port.ts';
import { withoutBinding } from '../../lib/bound-secret.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { startService } from '../channels/testing/service-stand-in.ts';
import { createOutbound } from './outbound.ts';
import type { Outbound } from '../port.ts';

let service: Awaited<ReturnType<typeof startService>>;
let clock: ManualClock;
let outbound: Outbound;
let journal: JournalRecord[];
let secrets: Map<string, string>;
let settings: Settings;
const onTheWay = new Set<Promise<unknown>>();
let tellChange: (changed: Settings) => void;

beforeEach(async () => {
  service = await startService({ status: 200, body: '{"ok":true}' });
  clock = createManualClock();
  journal = [];
  secrets = new Map([['channel-phone/token', '123456:AAE-token']]);
  settings = settingsSchema.parse({ channels: [phone()] });
  const change = (channels: ChannelConfig[]): Settings => {
    settings = { ...settings, channels };
    tellChange(settings);
    return settings;
  };
  outbound = createOutbound({
    settings: {
      get: () => settings,
      onChange(listener) {
        tellChange = listener;
        return () => undefined;
      },
      saveChannel: (config) => change([...settings.channels.filter(({ id }) => id !== config.id), config]),
      removeChannel: (channelId) => change(settings.channels.filter(({ id }) => id !== channelId)),
    },
    vault: {
      status: () => ({
        secrets: [...secrets.keys()].map((key) => {
          const [backendId = '', name = ''] = key.split('/');
          return { backendId, name, savedAtMs: 0, usedAtMs: null };
        }),
      }),
      async set(owner, name, value) {
        secrets.set(`${owner}/${name}`, value);
      },
      reveal: async (owner, name) => secrets.get(`${owner}/${name}`) ?? null,
      async removeAll(owner) {
        for (const key of secrets.keys()) if (key.startsWith(`${owner}/`)) secrets.delete(key);
      },
    },
    connections: countedConnections(),
    journal: {
      append: (entry) => void journal.push(entry),
      remember: () => Promise.resolve(),
      recall: () => Promise.resolve(null),
    },
    nameOf: (backendId) => `Bot ${backendId}`,
    isPractice: (backendId) => backendId === 'practice',
    clock,
    log: silentLogger,
  });
});
afterEach(async () => {
  outbound.dispose();
  await service.stop();
});

function phone(given: Partial<ChannelConfig> = {}): ChannelConfig {
  return {
    id: 'phone',
    kind: 'telegram',
    name: 'My phone',
    enabled: true,
    minSeverity: 'high',
    practice: false,
    recipients: ['42'],
    options: { server: service.address },
    ...given,
  };
}

const notice = (title: string, severity: Severity = 'critical', given: Partial<Notice> = {}): Notice => ({
  key: `about ${title}`,
  backendId: null,
  title,
  body: '',
  severity,
  sound: 'critical',
  destination: { place: 'alerts', itemId: null },
  approvalKey: null,
  ...given,
});

const chats = () => service.received.map(({ body }) => /"chat_id":"([^"]*)"/.exec(body)?.[1]);
const lines = (): string[] => journal.map(({ summary }) => summary);
/** The service is real and answers in its own time: the clock moves on only while nothing is on its way. */
async function journaled(count: number): Promise<void> {
  while (journal.length < count) {
    await Promise.all(onTheWay);
    await clock.advance(1_000);
  }
  expect(journal).toHaveLength(count);
}

function countedConnections(): Pick<ReturnType<typeof createConnections>, 'http'> {
  const connections = createConnections({ clock, log: silentLogger, random: () => 0 });
  return {
    http(options) {
      const http = connections.http(options);
      return {
        ...http,
        request(request) {
          const answer = http.request(request);
          const done: Promise<unknown> = answer.catch(() => null).finally(() => onTheWay.delete(done));
          onTheWay.add(done);
          return answer;
        },
      };
    },
  };
}

/** What the vault keeps for the channel, without what it is bound to. */
const kept = (): string => withoutBinding(secrets.get('channel-phone/token') ?? '');

describe('the channels beyond this computer', () => {
  it('are told what is severe enough, and each attempt is journaled with its outcome', async () => {
    outbound.offer(notice('small', 'medium'));
    outbound.offer(notice('large', 'critical'));
    await journaled(1);
    expect(service.received).toHaveLength(1);
    expect(lines()).toEqual(['large (My phone: delivered)']);
    expect(journal[0]).toMatchObject({
      kind: 'notification',
      data: { deliveries: [{ recipient: '42', result: 'delivered', attempts: 1 }] },
    });
  });

  it('reach every recipient, and one line says what became of each', async () => {
    await outbound.save(phone({ recipients: ['1', '2', '@desk_room'] }), {});
    service.next({ status: 400, body: '{"description":"Bad Request: chat not found"}' });
    outbound.offer(notice('large'));
    await journaled(1);
    expect(chats()).toEqual(['1', '2', '@desk_room']);
    expect(lines()).toEqual([
      'large (My phone: 2 delivered; failed for 1: Telegram says: Bad Request: chat not found.)',
    ]);
  });

  it('that answer 429, and then are down, have the message in the end once', async () => {
    service.next(
      { status: 429, headers: { 'retry-after': '3' }, body: '{"description":"Too Many Requests"}' },
      { status: 503, body: '' },
    );
    outbound.offer(notice('large'));
    await journaled(1);
    expect(service.received).toHaveLength(3);
    expect(journal[0]).toMatchObject({ data: { deliveries: [{ result: 'delivered', attempts: 3 }] } });
    await clock.advance(3_600_000);
    expect(service.received).toHaveLength(3);
  });

  it('hear of practice only where that is asked for, and of nothing while they are off', async () => {
    outbound.offer(notice('practice', 'critical', { backendId: 'practice' }));
    await outbound.save(phone({ enabled: false }), {});
    outbound.offer(notice('while off'));
    await outbound.save(phone({ practice: true }), {});
    outbound.offer(notice('asked for', 'critical', { backendId: 'practice' }));
    await journaled(1);
    expect(lines()).toEqual(['asked for (My phone: delivered)']);
  });

  it('S1 keep their secrets in the vault, where a replaced one counts from the next message on', async () => {
    await outbound.save(phone(), { token: '999999:AAE-other' });
    expect(JSON.stringify(settings)).not.toContain('AAE');
    outbound.offer(notice('large'));
    await journaled(1);
    expect(service.received[0]?.path).toBe('/bot999999:AAE-other/sendMessage');
    await outbound.save(phone(), { token: '' });
    expect(kept()).toBe('999999:AAE-other');
    await outbound.remove('phone');
    expect(secrets.size).toBe(0);
    expect(settings.channels).toEqual([]);
  });

  it('S3 leave their token in no journal, whatever the service does', async () => {
    service.next({ status: 404, body: '{}' }, { status: 401, body: '<html>' });
    outbound.offer(notice('one'));
    outbound.offer(notice('two'));
    await journaled(2);
    expect(JSON.stringify(journal)).not.toContain('AAE');
  });

  it('are tested with what was typed, and say for each recipient what became of it', async () => {
    service.next(
      { status: 200, body: '{}' },
      { status: 403, body: '{"description":"Forbidden: bot was blocked"}' },
    );
    const tested = await outbound.test(phone({ recipients: ['1', '2'] }), { token: '777777:AAE-typed' });
    expect(service.received[0]?.path).toContain('777777');
    expect(tested).toEqual([
      { recipient: '1', result: 'delivered', reason: null, attempts: 1 },
      { recipient: '2', result: 'failed', reason: 'Telegram says: Forbidden: bot was blocked.', attempts: 1 },
    ]);
    expect(secrets.get('channel-phone/token')).toBe('123456:AAE-token');
  });

  it.each<[string, Partial<ChannelConfig>]>([
    ['another server', { options: { server: 'https://other.example' } }],
    ['another service', { kind: 'sms', recipients: ['+4915112345678'] }],
  ])('S3 give %s none of the secrets that are kept', async (_what, given) => {
    const moved = phone(given);
    await expect(outbound.test(moved, {})).rejects.toThrow('type it again');
    await expect(outbound.save(moved, {})).rejects.toThrow('type it again');
    expect(settings.channels).toEqual([phone()]);
    await outbound.save(moved, { token: 'typed anew' });
    expect(kept()).toBe('typed anew');
    expect(service.received).toEqual([]);
  });

  it('S3 send no kept secret to a server that the settings were changed to by hand', async () => {
    const elsewhere = phone({ options: { server: service.address.replace('127.0.0.1', 'localhost') } });
    await outbound.save(phone(), { token: '999999:AAE-bound' });
    await outbound.test(phone(), {});
    expect(service.received[0]?.path).toContain('999999:AAE-bound');
    settings = { ...settings, channels: [elsewhere] };
    await outbound.test(elsewhere, {});
    expect(service.received.slice(1)).toEqual([]);
  });

  it('use the words of their template, escaped as the service wants, and PRACTICE is never left out', async () => {
    const template = { title: '*{backend}*: {title}', body: '{severity} {link}' };
    await outbound.save(phone({ practice: true, template }), {});
    outbound.offer(notice('LTV_71', 'high', { backendId: 'practice' }));
    await journaled(1);
    expect(JSON.parse(service.received[0]?.body ?? '{}')).toMatchObject({
      text: '*PRACTICE · \\*Bot practice\\*: LTV\\_71*\nHigh quarterdeck://alerts',
    });
    await expect(outbound.save(phone({ template: { title: '{titel}', body: '' } }), {})).rejects.toThrow(
      '{titel} stands for nothing.',
    );
  });

  it('refuse recipients that make no sense, in words', async () => {
    await expect(outbound.save(phone({ recipients: ['my phone'] }), {})).rejects.toThrow(
      'A chat is a number',
    );
    await expect(outbound.save(phone({ recipients: [] }), {})).rejects.toThrow('nobody to send to');
  });

  it('that are removed with something waiting say that it was not sent', async () => {
    service.next({ status: 503, body: '' });
    outbound.offer(notice('large'));
    await expect.poll(() => service.received.length).toBe(1);
    await outbound.remove('phone');
    await journaled(1);
    expect(lines()[0]).toContain('dropped');
  });
});
