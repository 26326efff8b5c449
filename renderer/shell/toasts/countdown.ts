/** Counts a time down that can be held, and calls `onEnd` once. */
interface Countdown {
  run(): void;
  hold(): void;
}

export function createCountdown(lifeMs: number, onEnd: () => void): Countdown {
  let leftMs = lifeMs;
  let startedAtMs = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  return {
    run() {
      if (timer !== null || lifeMs === Number.POSITIVE_INFINITY) return;
      startedAtMs = performance.now();
      timer = setTimeout(onEnd, leftMs);
    },
    hold() {
      if (timer === null) return;
      clearTimeout(timer);
      timer = null;
      leftMs = Math.max(0, leftMs - (performance.now() - startedAtMs));
    },
  };
}
