import { parseArgs } from 'node:util';

import type { Logger } from '../lib/logger.ts';
import { silentLogger } from '../lib/logger.ts';
import { startPractice } from './practice.ts';

const USAGE = `npm run practice -- [--port 3001] [--hub-port 8765] [--control-port N] [--seed N] [--speed N] [--state FILE]

  --port          where CoinRuler listens on 127.0.0.1 (default 3001; 0 takes any free port)
  --hub-port      where the market hub listens on 127.0.0.1 (default 8765; 0 takes any free port)
  --control-port  opens the control port for tests
  --seed          the market's seed (default 1)
  --speed         seconds of practice time a real second (default 1)
  --state         a file that keeps the desk over a restart (default: nothing is kept)`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3001' },
    'hub-port': { type: 'string', default: '8765' },
    'control-port': { type: 'string' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '1' },
    state: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const consoleLogger: Logger = {
  ...silentLogger,
  info: (message, facts) => {
    console.log(message, facts ?? '');
  },
  warn: (message, facts) => {
    console.warn(message, facts ?? '');
  },
  error: (message, facts) => {
    console.error(message, facts ?? '');
  },
};

if (values.help) {
  console.log(USAGE);
} else {
  await run();
}

async function run(): Promise<void> {
  const nowMs = Date.now();
  const controlPort = values['control-port'];
  const practice = await startPractice(
    {
      stateFile: values.state ?? null,
      clock: { factor: whole('speed', values.speed, 1), originMs: nowMs, originRealMs: nowMs },
      seed: whole('seed', values.seed, 0),
      ports: {
        coinruler: whole('port', values.port, 0),
        marketHub: whole('hub-port', values['hub-port'], 0),
        control: controlPort === undefined ? null : whole('control-port', controlPort, 0),
      },
    },
    consoleLogger,
  );
  const { coinruler, marketHub, controlAddress } = practice.ready;
  console.log(`Practice CoinRuler on ${coinruler.address}`);
  console.log(`Practice market hub on ${marketHub.address}`);
  console.log(`Owner id: ${coinruler.ownerId} (header X-Owner-Id)`);
  if (controlAddress !== null) console.log(`Control port on ${controlAddress}/control/`);
  console.log('Ctrl-C stops.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void practice.stop());
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  console.error(`--${name} takes a whole number from ${least}, not "${text}".\n\n${USAGE}`);
  process.exit(1);
}
