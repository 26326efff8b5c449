import { parseArgs } from 'node:util';

import type { Logger } from '../lib/logger.ts';
import { silentLogger } from '../lib/logger.ts';
import { startPractice } from './practice.ts';

const USAGE = `npm run practice -- [--port KIND=N]... [--control-port N] [--seed N] [--speed N] [--state FILE]

  --port          where a backend listens on 127.0.0.1, such as coinruler=3001 (default: the usual ports of the real servers)
  --control-port  opens the control port for tests
  --seed          the market's seed (default 1)
  --speed         seconds of practice time a real second (default 1)
  --state         a file that keeps the desk over a restart (default: nothing is kept)`;

/** Where the real servers listen when nobody says otherwise; CoinRuler and VolSpike would want the same one. */
const USUAL_PORTS = {
  coinruler: 3001,
  'ai-trader': 8080,
  'market-hub': 8765,
  volspike: 3002,
  'copy-trading': 5001,
};

const { values } = readOptions();

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
      ports: { ...USUAL_PORTS, ...Object.fromEntries(values.port.map(readPort)) },
      controlPort: controlPort === undefined ? null : whole('control-port', controlPort, 0),
    },
    consoleLogger,
  );
  const { backends, controlAddress } = practice.ready;
  for (const { kind, address, secrets } of backends) {
    const given = Object.entries(secrets).map(([name, value]) => ` ${name}=${value}`);
    console.log(`Practice ${kind} on ${address}${given.join('')}`);
  }
  if (controlAddress !== null) console.log(`Control port on ${controlAddress}/control/`);
  console.log('Ctrl-C stops.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void practice.stop());
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', multiple: true, default: [] },
        'control-port': { type: 'string' },
        seed: { type: 'string', default: '1' },
        speed: { type: 'string', default: '1' },
        state: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}

function refuse(why: string): never {
  console.error(`${why}\n\n${USAGE}`);
  process.exit(1);
}

function readPort(text: string): [kind: string, port: number] {
  const [kind = '', port = ''] = text.split('=');
  return [kind, whole('port', port, 0)];
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  return refuse(`--${name} takes a whole number from ${least}, not "${text}".`);
}
