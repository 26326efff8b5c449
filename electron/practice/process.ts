import type { PracticeMessage, PracticeOptions } from './port.ts';
import type { Practice } from './practice.ts';
import { startPractice } from './practice.ts';

/** The part of Electron's `process.parentPort` that is needed; it is there in a utility process only. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = 'parentPort' in process ? (process.parentPort as ParentPort | undefined) : undefined;
let starting: Promise<Practice> | null = null;

function tell(message: PracticeMessage): void {
  if (parentPort === undefined) process.send?.(message);
  else parentPort.postMessage(message);
}

/** The first message is the options; whatever comes later is not for us. */
function onMessage(message: unknown): void {
  if (starting !== null) return;
  starting = startPractice(message as PracticeOptions);
  starting.then(
    (practice) => tell(practice.ready),
    (error: unknown) =>
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
}

/** Saves what is waiting to be saved, and goes. */
async function leave(): Promise<void> {
  const practice = await starting?.catch(() => null);
  await practice?.stop();
  process.exit(0);
}

if (parentPort === undefined) {
  process.on('message', onMessage);
  // The parent is gone: nobody is left to practise.
  process.on('disconnect', () => void leave());
} else {
  parentPort.on('message', (event) => onMessage(event.data));
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leave());
