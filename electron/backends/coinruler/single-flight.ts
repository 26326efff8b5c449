/** A trigger for something that must not run twice at once: asked for meanwhile, it runs once more afterwards. */
export function createSingleFlight(
  run: () => Promise<unknown>,
  onFailed: (error: unknown) => void,
): () => void {
  let isRunning = false;
  let isAskedAgain = false;

  async function loop(): Promise<void> {
    isRunning = true;
    do {
      isAskedAgain = false;
      await run().catch(onFailed);
    } while (isAskedAgain);
    isRunning = false;
  }

  return () => {
    if (isRunning) isAskedAgain = true;
    else void loop();
  };
}
