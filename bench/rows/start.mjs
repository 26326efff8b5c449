import { openOverFiveBackends } from '../window/over-five-backends.mjs';

const gate = (figure, unit, against, bound) => ({ figure, unit, against, bound });

/** From the start of the process to what a person can read, with five backends that were there the last time. */
export const row = {
  title: 'Start, over five backends',
  rounds: 7,
  gates: [
    gate('paint', 'ms from the process to the first text on screen', 'floor', { atMost: 1.3 }),
    gate('live', 'ms from the process to live data on screen', 'floor', { atMost: 2 }),
  ],
  open: () => openOverFiveBackends('the desk, with the data folder of an earlier session', timed),
};

async function timed(electron, liveWords) {
  const page = await electron.look();
  try {
    const { liveAtMs, paintAtMs } = await page.run(whenShown, liveWords);
    return { paint: paintAtMs - electron.spawnedAtMs, live: liveAtMs - electron.spawnedAtMs };
  } finally {
    page.close();
    await electron.end();
  }
}

/** Runs in the page: when its first text was painted, and when a frame with these words had been. */
function whenShown(words) {
  const { promise, resolve } = Promise.withResolvers();
  function look() {
    if (document.body?.textContent.includes(words) !== true) {
      requestAnimationFrame(look);
      return;
    }
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      const liveAtMs = performance.timeOrigin + performance.now();
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      if (paint === undefined) requestAnimationFrame(look);
      else resolve({ liveAtMs, paintAtMs: performance.timeOrigin + paint.startTime });
    };
    requestAnimationFrame(() => painted.port2.postMessage(null));
  }
  look();
  return promise;
}
