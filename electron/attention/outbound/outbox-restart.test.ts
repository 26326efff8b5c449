import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ChannelConfig } from '#shared/domain/attention/channel.ts';

import { startMailServer } from '../channels/testing/mail-server.ts';
import { startService } from '../channels/testing/service-stand-in.ts';

const CHILD = new URL('./testing/sender-child.ts', import.meta.url).pathname;

let folder: string;
let service: Awaited<ReturnType<typeof startService>>;
let children: ChildProcess[];
let closers: (() => Promise<void>)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-outbox-'));
  service = await startService({ status: 200, body: '{"ok":true}' });
  children = [];
  closers = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const close of closers) await close();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const telegram = (): ChannelConfig => ({
  id: 'phone',
  kind: 'telegram',
  name: 'My phone',
  enabled: true,
  minSeverity: 'medium',
  practice: false,
  recipients: ['42'],
  options: { server: service.address },
});

/** A desk's channels in a process of their own, on the same journal each time. */
function run(config: ChannelConfig, ...offers: string[]) {
  const args = [CHILD, join(folder, 'journal.sqlite'), JSON.stringify(config), ...offers];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const until = (words: string) => expect.poll(() => output).toContain(words);
  return {
    lines: () => output,
    until,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async quit() {
      child.stdin.end();
      await ended;
    },
  };
}

const posts = (): string[] => service.received.map(({ body }) => /\*\w+: ([^*]*)\*/.exec(body)?.[1] ?? '');
const received = (count: number) => expect.poll(posts).toHaveLength(count);

describe('D6 kill -9 with something to send', () => {
  it('what waited is sent after the restart, once, with its time; what the service took before is not sent again', async () => {
    service.next({ status: 200, body: '{"ok":true}' }, 'hang');
    const first = run(telegram(), 'critical:taken', 'critical:held', 'high:waits');
    await received(2);
    await first.kill();
    const second = run(telegram());
    await second.until('2 messages from before the start will be sent');
    await received(4);
    await second.until('waits (My phone: delivered)');
    expect(posts()).toEqual(['taken', 'held', 'held', 'waits']);
    expect(service.received.at(-1)?.body).toContain('the desk was closed since');
    await second.quit();
    const third = run(telegram());
    await third.until('started');
    await third.quit();
    expect(posts(), 'nothing is sent a third time').toHaveLength(4);
  });

  it('L1 a medium one that was on its way is of unknown fate: it is not sent again, and that is journaled', async () => {
    service.next('hang');
    const first = run(telegram(), 'medium:held');
    await received(1);
    await first.kill();
    const second = run(telegram());
    await second.until(
      'held (My phone: unknown: The desk ended before the service said whether it took it.)',
    );
    await second.quit();
    expect(posts()).toHaveLength(1);
  });

  it('a mail that the server would take later goes out after the restart, once', async () => {
    let busy = true;
    const mail = await startMailServer({
      onMailFrom(_address, _session, callback) {
        callback(busy ? Object.assign(new Error('busy'), { responseCode: 451 }) : null);
      },
    });
    closers.push(mail.close);
    const config: ChannelConfig = {
      ...telegram(),
      kind: 'email',
      recipients: ['you@example.com'],
      options: { host: '127.0.0.1', port: String(mail.port), security: 'none', from: 'desk@example.com' },
    };
    const first = run(config, 'high:waits');
    await expect.poll(() => mail.attempts()).toBe(1);
    await first.kill();
    busy = false;
    const second = run(config);
    await second.until('waits (My phone: delivered)');
    await second.quit();
    expect(mail.mails.map(({ to }) => to)).toEqual([['you@example.com']]);
  });
});

it('D6 a desk that is closed keeps what waits and says so; S1 with no secret in it', async () => {
  service.next({ status: 503, body: '' });
  const first = run(telegram(), 'high:waits');
  await received(1);
  await first.quit();
  expect(first.lines()).toContain('My phone: 1 message not sent yet, kept for the next start');
  const written = readFileSync(join(folder, 'journal.sqlite')).toString('latin1');
  expect(written).toContain('outbox/phone');
  expect(written).not.toContain('AAE-a-token');
  const second = run(telegram());
  await second.until('waits (My phone: delivered)');
  await second.quit();
  expect(posts()).toEqual(['waits', 'waits']);
});
