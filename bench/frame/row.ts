/** Who runs in a round: the least that the work can cost, the least with its transport, the desk, and what others use. */
export const ROLES = ['limit', 'floor', 'ours', 'peer'] as const;
export type Role = (typeof ROLES)[number];

/** What one contender needed in one round, by name of the figure. */
export type Figures = Readonly<Record<string, number>>;

export interface Contender {
  label: string;
  run(): Promise<Figures> | Figures;
}

/** One line of the table: a figure of ours, beside the same figure of another, and how far they may be apart. */
export interface Gate {
  figure: string;
  /** As it is printed; says what is counted and per what. */
  unit: string;
  /** `null`: the figure itself is held against the bound. */
  against: Role | null;
  /** How far ours may be apart: as a ratio, or, with `atMostAbove`, in the figure's own unit. `null`: reported and not judged. */
  bound: { atMost: number } | { atLeast: number } | { atMostAbove: number } | null;
}

export interface Contest {
  contenders: Readonly<Partial<Record<Role, Contender>> & { ours: Contender }>;
  close(): Promise<void> | void;
}

/** One thing that is measured. It runs in a process of its own. */
export interface Row {
  title: string;
  rounds: number;
  gates: readonly Gate[];
  /** Sets up servers, files and windows; the first round after it is run twice and counted once. */
  open(): Promise<Contest> | Contest;
}

export type Round = Readonly<Partial<Record<Role, Figures>>>;

export interface Measured {
  title: string;
  gates: readonly Gate[];
  labels: Readonly<Partial<Record<Role, string>>>;
  rounds: readonly Round[];
}
