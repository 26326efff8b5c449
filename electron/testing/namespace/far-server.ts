import { connect, createServer } from 'node:net';

import { practiceBackend } from '../../practice/port.ts';
import { startPractice } from '../../practice/practice.ts';
import { FAR_ADDRESS, FAR_PORT } from './addresses.ts';

/**
 * A CoinRuler in a network of its own: the practice server on its loopback, and a way in over the cable. Says when it is ready, by a line
 * with its secrets, and answers each line that it is sent with whether it is halted.
 */
const practice = await startPractice({
  stateFile: null,
  clock: { factor: 1, originMs: 0, originRealMs: 0 },
  seed: 5,
  ports: {},
  controlPort: 0,
  quiet: true,
});
const { address, secrets } = practiceBackend(practice.ready, 'coinruler');
const port = Number(new URL(address).port);

createServer((near) => {
  const far = connect(port, '127.0.0.1');
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}).listen(FAR_PORT, FAR_ADDRESS, () => say(JSON.stringify(secrets)));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.stdin.on('data', () => {
  void fetch(`${practice.ready.controlAddress ?? ''}/control/state`)
    .then((answer) => answer.text())
    .then(say);
});
process.stdin.on('end', () => process.exit());
