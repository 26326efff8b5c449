import type { PracticeBackend } from '../backends/fleet-port.ts';

/** How a practice desk is asked to start. Sent to its process as its first message. */
export interface PracticeOptions {
  /** Where it keeps its state over a restart; `null` keeps nothing. */
  stateFile: string | null;
  /** Same figures as the desk's clock, so that both tell the same time. */
  clock: { factor: number; originMs: number; originRealMs: number };
  /** The market's seed: the same seed and clock give the same market. */
  seed: number;
  /** Ports on 127.0.0.1 by kind of backend; any free one for a kind that is not named. */
  ports: Readonly<Record<string, number>>;
  /** Port of the control server; `null` opens none. */
  controlPort: number | null;
  /** A first start does nothing by itself: no bot, no alerts, prices stand still. For tests. */
  quiet?: boolean;
  /** Saves once a turn of the event loop and not once a change. For tests that kill it between two turns only. */
  gatherSaves?: boolean;
}

/** Where the practice servers listen, sent back once all of them do. */
export interface PracticeReady {
  kind: 'ready';
  backends: PracticeBackend[];
  /** Only there when it was asked for. */
  controlAddress: string | null;
}

export type PracticeMessage = PracticeReady | { kind: 'failed'; message: string };

/** The practice backend of a kind. Throws where the practice desk has none. */
export function practiceBackend(ready: Pick<PracticeReady, 'backends'>, kind: string): PracticeBackend {
  const found = ready.backends.find((backend) => backend.kind === kind);
  if (found === undefined) throw new Error(`The practice desk has no backend of the kind "${kind}".`);
  return found;
}
