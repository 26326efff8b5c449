/**
 * A reading that several ask for at once. Whoever asks while none is under way starts one; whoever asks meanwhile shares the
 * next one, since an answer that is on its way may be older than what they did.
 */
export function shareReading<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  function start(): Promise<T> {
    const mine = read().finally(() => {
      if (underWay === mine) underWay = null;
    });
    underWay = mine;
    return mine;
  }

  function startNext(): Promise<T> {
    next = null;
    return start();
  }

  return () => {
    if (underWay === null) return start();
    next ??= underWay.then(startNext, startNext);
    return next;
  };
}
