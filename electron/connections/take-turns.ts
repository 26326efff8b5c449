/** A socket hands on so much at once. */
const PIECE_BYTES = 32 * 1024;

/**
 * In a flood, whatever else waits has its turn between two pieces: a socket is read many times in a row before anything else is looked
 * at, and what is done with each message adds up. Answers what to call with the bytes that were taken in.
 */
export function takeTurns(source: { pause(): unknown; resume(): unknown }): (bytes: number) => void {
  let sinceTurn = 0;
  let isWaiting = false;
  return (bytes) => {
    sinceTurn += bytes;
    if (isWaiting || sinceTurn < PIECE_BYTES) return;
    isWaiting = true;
    source.pause();
    setImmediate(() => {
      isWaiting = false;
      sinceTurn = 0;
      source.resume();
    });
  };
}
