/** A trigger for something that must not run twice at once: asked for meanwhile, it runs once more afterwards. */
export function createSingleFlight(
  run: () => Promise<unknown>,
  onFailed: (error: unknown) => void,
): () => void {
  let asked = 0;

  async function runUntilNobodyAsks(): Promise<void> {
    let answered: number;
    do {
      answered = asked;
      await run().catch(onFailed);
    } while (asked > answered);
    asked = 0;
  }

  return () => {
    asked += 1;
    if (asked === 1) void runUntilNobodyAsks();
  };
}
