/** What a practice server is told to do wrong. Set over the control port, never by itself. */
export interface Faults {
  /** `requests`: arrive and are not answered until resumed; `live`: streams stay open and say nothing, not even heartbeats. */
  hang: 'none' | 'requests' | 'live' | 'all';
  /** Each answer waits this long, on the clock. */
  delayMs: number;
  /** Answers instead of the real ones, each so many times. */
  errors: InjectedError[];
  /** Requests that are carried out and then cut off without an answer, or left without one (`silent`). */
  loseReplies: { remaining: number; path: string | null; silent: boolean };
  /** Each live frame is written so many times more. */
  duplicates: number;
  /** The next chat streams end in an error after so many tokens. */
  chatFailures: { afterTokens: number; message: string }[];
}

interface InjectedError {
  remaining: number;
  /** Only paths that start so; `null` for all. */
  path: string | null;
  status: number;
  body: 'json' | 'html' | 'empty' | 'garbage';
  retryAfterS: number | null;
}

export const createFaults = (): Faults => ({
  hang: 'none',
  delayMs: 0,
  errors: [],
  loseReplies: { remaining: 0, path: null, silent: false },
  duplicates: 0,
  chatFailures: [],
});

/** Takes one injected error for this path, if there is one. */
export function takeError(faults: Faults, path: string): InjectedError | null {
  const found = faults.errors.find((one) => one.path === null || path.startsWith(one.path));
  if (found === undefined) return null;
  found.remaining -= 1;
  if (found.remaining <= 0) faults.errors.splice(faults.errors.indexOf(found), 1);
  return found;
}

/** Whether, and how, the reply to this request is to be lost. */
export function takeLostReply(faults: Faults, path: string): 'cut' | 'silent' | null {
  const { loseReplies } = faults;
  if (loseReplies.remaining <= 0 || (loseReplies.path !== null && !path.startsWith(loseReplies.path)))
    return null;
  loseReplies.remaining -= 1;
  return loseReplies.silent ? 'silent' : 'cut';
}
