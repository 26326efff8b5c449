import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { Notice } from '#shared/domain/attention/attention.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';

/** A notice that the policy wants delivered, with what is needed to join it with others of its kind. */
export interface Considered {
  notice: Notice;
  /** The row of the table that it belongs to. */
  occasion: Occasion;
  /** The alert that it tells of, for what a person said about that kind of alert or about it; `null` for all else. */
  alert: { kind: string; group: string; severity: Severity } | null;
  /** Notices of one family may become one with a count. `null`: each says something new and is told at once. */
  family: string | null;
  /** What stands before the colon of a joined title: whose these are. */
  heading: string;
  noun: 'proposal' | 'alert' | 'trade' | 'notice';
  /** Repeated while nobody deals with it (L3). */
  escalates: boolean;
}

export interface Consideration {
  notices: Considered[];
  /** Keys of notices whose matter is dealt with, here or elsewhere (A6). */
  withdrawn: string[];
}

export const NOTHING: Consideration = { notices: [], withdrawn: [] };

/** A notice that never waits and is joined with nothing; a critical one is told again until its matter ends or it was seen. */
export const single = (occasion: Occasion, notice: Notice): Considered => ({
  notice,
  occasion,
  alert: null,
  family: null,
  heading: notice.title,
  noun: 'notice',
  escalates: notice.severity === 'critical',
});
