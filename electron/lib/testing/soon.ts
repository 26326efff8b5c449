/** How long a test waits for what must come: far beyond what a busy machine needs, and never a measure of speed. */
export const WAIT_LIMIT_MS = 30_000;
/** Room for several such waits, so that it is the wait which fails and says what did not come. */
export const TEST_LIMIT_MS = 120_000;
/** Between two looks. */
export const LOOK_EVERY_MS = 10;

/**
 * Looks until nothing is thrown, and gives what was seen; after the limit it throws what the last look did. Only the pauses between
 * looks count, so that a process which the machine held up still has its looks.
 */
export async function soon<T>(look: () => T | Promise<T>, limitMs = WAIT_LIMIT_MS): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    try {
      return await look();
    } catch (error) {
      if (waitedMs >= limitMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
