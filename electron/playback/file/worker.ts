import { parentPort, workerData } from 'node:worker_threads';

import type { FromWorker, ToWorker, WorkerStart } from './protocol.ts';
import { workerStart } from './protocol.ts';
import { openStore } from './store.ts';

/** Entry of the thread that alone has the file of the past open: one message in, one message out, in order. */
function run(port: NonNullable<typeof parentPort>, start: WorkerStart): void {
  const store = openStore(start);
  const send = (message: FromWorker): void => port.postMessage(message);
  send({ kind: 'opened', kept: store.kept() });

  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'write':
        store.write(message.changes, message.whole, message.nowMs);
        send({ kind: 'written', kept: store.kept() });
        break;
      case 'limits':
        store.setLimits(message.limits, message.nowMs);
        send({ kind: 'kept', kept: store.kept() });
        break;
      case 'read':
        read(message);
        break;
      case 'close':
        store.close();
        port.close();
        break;
    }
  });

  function read({ id, call, nowMs }: Extract<ToWorker, { kind: 'read' }>): void {
    try {
      const result =
        call.name === 'moment'
          ? { name: call.name, value: store.moment(call.atMs, call.since) }
          : { name: call.name, value: store.gaps(call.stretch, nowMs) };
      send({ kind: 'answer', id, result });
    } catch (error) {
      // What SQLite says is for engineers; what the store says is for a person already.
      const isOurs = error instanceof Error && !('code' in error);
      const message = isOurs ? error.message : 'The file that keeps the past for playback could not be read.';
      send({ kind: 'failed-answer', id, message });
    }
  }
}

if (parentPort === null) throw new Error('The playback worker runs as a thread of the main process.');
run(parentPort, workerStart.parse(workerData));
