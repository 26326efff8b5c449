import { useState, useSyncExternalStore } from 'react';

/**
 * What `read` makes at this moment, as anything that can be written as JSON; `listen` says when to look again. Who asks is drawn again
 * only when it reads otherwise, and holds the same value until then. Keep `listen` the same function.
 */
export function useReading<T>(listen: (changed: () => void) => () => void, read: () => T): T {
  const [kept] = useState(createKept<T>);
  return useSyncExternalStore(listen, () => kept(read()));
}

/** Answers the value that it answered before, for as long as what it is given is written alike. */
function createKept<T>(): (read: T) => T {
  let known: { value: T; text: string } | null = null;
  return (value) => {
    const text = JSON.stringify(value);
    if (known?.text !== text) known = { value, text };
    return known.value;
  };
}
