import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from './harness/desk-test.ts';

/** A Bot API server on loopback that takes every message. */
async function startBotApi() {
  const messages: { path: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      messages.push({ path: request.url ?? '', body });
      response.setHeader('content-type', 'application/json');
      response.end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, messages, stop: () => server.close() };
}

test('a channel is added, tested and told of what is critical, and its token shows nowhere', async ({
  desk,
  practice,
}) => {
  const { page } = desk;
  const service = await startBotApi();
  await practice.state();
  await page.getByRole('navigation').first().getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Channels' }).click();
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const form = page.getByRole('dialog', { name: 'Add a channel' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('Fill this in.');

  await form.getByLabel('Name').fill('My phone');
  await form.getByLabel('Bot API').fill(service.address);
  await form.getByLabel('Bot token').fill('123456:AAE-token');
  await form.getByLabel('Chats').fill('42');
  await form.getByRole('switch', { name: 'Practice too' }).click();
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByRole('status')).toContainText('42: The service took it.');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('Telegram · High and critical · 42');

  await practice.act('alert', { type: 'system', severity: 'critical', message: 'LTV is 71 %' });
  await expect.poll(() => service.messages.length).toBe(2);
  expect(service.messages[1]?.path).toBe('/bot123456:AAE-token/sendMessage');
  expect(service.messages[1]?.body).toContain('LTV is 71 %');
  expect(await page.content()).not.toContain('AAE-token');

  await page.getByRole('button', { name: 'Remove My phone' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('main')).toContainText('Nothing is sent beyond this computer');
  service.stop();
});
