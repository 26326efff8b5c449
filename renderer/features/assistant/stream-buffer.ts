/** Gathers the pieces of streamed answers and publishes each answer's whole text at most once a frame. */
export interface StreamBuffer {
  open(streamId: string): void;
  /** False when no such answer is awaited: it was stopped, or belongs to nobody. */
  append(streamId: string, text: string): boolean;
  /** Ends an answer and hands out all that arrived, published or not. `null` when it is not open. */
  close(streamId: string): string | null;
  isOpen(streamId: string): boolean;
}

export function createStreamBuffer(
  schedule: (run: () => void) => void,
  publish: (streamId: string, text: string) => void,
): StreamBuffer {
  const open = new Map<string, string[]>();
  const changed = new Set<string>();
  let scheduled = false;

  const flush = (): void => {
    scheduled = false;
    for (const streamId of changed) {
      const pieces = open.get(streamId);
      if (pieces === undefined) continue;
      const text = pieces.join('');
      open.set(streamId, [text]);
      publish(streamId, text);
    }
    changed.clear();
  };

  return {
    open: (streamId) => void open.set(streamId, []),
    append(streamId, text) {
      const pieces = open.get(streamId);
      if (pieces === undefined) return false;
      pieces.push(text);
      changed.add(streamId);
      if (!scheduled) {
        scheduled = true;
        schedule(flush);
      }
      return true;
    },
    close(streamId) {
      const pieces = open.get(streamId);
      open.delete(streamId);
      changed.delete(streamId);
      return pieces === undefined ? null : pieces.join('');
    },
    isOpen: (streamId) => open.has(streamId),
  };
}
