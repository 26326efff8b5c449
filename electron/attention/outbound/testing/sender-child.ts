import type { Severity } from '#shared/domain/alerts/alert.ts';
import { severity as severities } from '#shared/domain/alerts/alert.ts';
import { channelConfig } from '#shared/domain/attention/channel.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import { createConnections } from '../../../connections/connections.ts';
import { startJournal } from '../../../journal/journal.ts';
import { createSystemClock } from '../../../lib/clock.ts';
import { silentLogger } from '../../../lib/logger.ts';
import { createOutbound } from '../outbound.ts';

/**
 * The channels of a desk of its own on a journal file: goes on with what waited, offers what the arguments name as `severity:title`, and
 * prints each line that it journals. Ends when its input does; killed by the test.
 */
const [file = '', configText = '', ...offers] = process.argv.slice(2);
const clock = createSystemClock();
const workerUrl = new URL('../../../journal/file/worker.ts', import.meta.url);
const journal = await startJournal({ file, workerUrl, clock, log: silentLogger, random: Math.random });
const settings = settingsSchema.parse({ channels: [channelConfig.parse(JSON.parse(configText))] });
const refuse = (): never => {
  throw new Error('Nothing is changed here.');
};
const outbound = createOutbound({
  settings: {
    get: () => settings,
    onChange: () => () => undefined,
    saveChannel: refuse,
    removeChannel: refuse,
  },
  vault: {
    status: () => ({ secrets: [] }),
    set: () => Promise.resolve(),
    reveal: () => Promise.resolve('123456:AAE-a-token-nobody-may-see'),
    removeAll: () => Promise.resolve(),
  },
  connections: createConnections({ clock, log: silentLogger, random: Math.random }),
  journal: {
    remember: (key, value, timeoutMs) => journal.remember(key, value, timeoutMs),
    recall: (key) => journal.recall(key),
    append(entry) {
      journal.append(entry);
      process.stdout.write(`${entry.summary}\n`);
    },
  },
  isPractice: () => false,
  nameOf: (backendId) => backendId,
  clock,
  log: silentLogger,
});

await outbound.start();
process.stdout.write('started\n');
for (const offer of offers) {
  const [severityText = '', title = ''] = offer.split(':');
  const severity: Severity = severities.parse(severityText);
  outbound.offer({
    key: `alert/${title}`,
    backendId: null,
    title,
    body: '',
    severity,
    sound: 'alert',
    destination: { place: 'alerts', itemId: null },
    approvalKey: null,
  });
}
for await (const _chunk of process.stdin) continue;
outbound.dispose();
await journal.close();
