import type { Notice } from '#shared/domain/attention.ts';

/** A notice that the policy wants delivered, with what is needed to join it with others of its kind. */
export interface Considered {
  notice: Notice;
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

/** A notice that never waits and is joined with nothing. */
export const single = (notice: Notice): Considered => ({
  notice,
  family: null,
  heading: notice.title,
  noun: 'notice',
  escalates: false,
});
