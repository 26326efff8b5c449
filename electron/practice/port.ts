/** How a practice desk is asked to start. Sent to its process as its first message. */
export interface PracticeOptions {
  /** Where it keeps its state over a restart; `null` keeps nothing. */
  stateFile: string | null;
  /** Same figures as the desk's clock, so that both tell the same time. */
  clock: { factor: number; originMs: number; originRealMs: number };
  /** The market's seed: the same seed and clock give the same market. */
  seed: number;
  /** Ports on 127.0.0.1; 0 takes any free one. */
  ports: { coinruler: number; marketHub: number; control: number | null };
  /** A first start does nothing by itself: no bot, no alerts, prices stand still. For tests. */
  quiet?: boolean;
}

/** Where the practice servers listen, sent back once all of them do. */
export interface PracticeReady {
  kind: 'ready';
  coinruler: { address: string; ownerId: string };
  marketHub: { address: string };
  /** Only there when it was asked for. */
  controlAddress: string | null;
}

export type PracticeMessage = PracticeReady | { kind: 'failed'; message: string };
