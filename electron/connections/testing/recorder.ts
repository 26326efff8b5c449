/** Keeps what a callback was called with, and lets a test wait for a certain call without waiting for time. */
export interface Recorder<T> {
  readonly all: T[];
  add(value: T): void;
  /** The first value, past or to come, that fits. */
  until(fits: (value: T) => boolean): Promise<T>;
  /** Resolves with all of them once there are so many. */
  count(count: number): Promise<T[]>;
}

export function createRecorder<T>(): Recorder<T> {
  const all: T[] = [];
  let waiting: (() => boolean)[] = [];

  function wait<R>(look: () => { found: R } | null): Promise<R> {
    return new Promise((resolve) => {
      const attempt = (): boolean => {
        const result = look();
        if (result !== null) resolve(result.found);
        return result !== null;
      };
      if (!attempt()) waiting.push(attempt);
    });
  }

  return {
    all,
    add(value) {
      all.push(value);
      waiting = waiting.filter((attempt) => !attempt());
    },
    until: (fits) =>
      wait(() => {
        const at = all.findIndex(fits);
        const found = all[at];
        return at === -1 || found === undefined ? null : { found };
      }),
    count: (count) => wait(() => (all.length >= count ? { found: all.slice(0, count) } : null)),
  };
}
