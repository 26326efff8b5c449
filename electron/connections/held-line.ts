const LEAST_BYTES = 4_096;
/** A longer one is given back when its line is over. */
const KEPT_BYTES = 64 * 1_024;

/** Bytes that arrive piece by piece, copied once each, so that no piece keeps the chunk that it came in. */
export interface HeldLine {
  add(piece: Buffer): void;
  /** Until the next `add` or `clear`. */
  bytes(): Buffer;
  clear(): void;
}

export function createHeldLine(): HeldLine {
  let room = Buffer.alloc(0);
  let length = 0;
  return {
    add(piece) {
      if (length + piece.length > room.length) {
        const larger = Buffer.allocUnsafe(Math.max(LEAST_BYTES, 2 * (length + piece.length)));
        room.copy(larger, 0, 0, length);
        room = larger;
      }
      piece.copy(room, length);
      length += piece.length;
    },
    bytes: () => room.subarray(0, length),
    clear() {
      length = 0;
      if (room.length > KEPT_BYTES) room = Buffer.alloc(0);
    },
  };
}
