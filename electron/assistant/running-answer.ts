import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import { createVisibleText } from './visible-text.ts';
import { ModelFailure } from './model/failure.ts';

/** Pieces are gathered for this long, so that a fast answer is a message a frame and not a message a word. */
const FRAME_MS = 16;
/** What has arrived is written down this often, so that a crash costs no more than that. */
const KEEP_EVERY_MS = 2 * SECOND_MS;
/** Longer is no answer; what arrived until then stays. */
const MOST_CHARACTERS = 2_000_000;

interface RunningAnswerParts {
  turn: ChatTurn;
  clock: Clock;
  /** At most once a frame: what came since the last, and how long the answer was before. */
  onText(at: number, text: string): void;
  keep(turn: ChatTurn): void;
}

/** An answer while it arrives. */
export function createRunningAnswer({ turn: begun, clock, onText, keep }: RunningAnswerParts) {
  let turn = begun;
  /** Joined only when somebody looks: appending to one long text with each word copies it each time. */
  let pieces: string[] = [];
  let told = 0;
  let length = 0;
  const visible = createVisibleText();
  let cancelFrame: (() => void) | null = null;
  let cancelKeep: (() => void) | null = null;

  function current(): ChatTurn {
    if (pieces.length > 0) {
      turn = { ...turn, content: turn.content + pieces.join('') };
      pieces = [];
    }
    return turn;
  }

  function flush(): void {
    cancelFrame?.();
    cancelFrame = null;
    const { content } = current();
    if (content.length === told) return;
    const at = told;
    told = content.length;
    onText(at, content.slice(at));
  }

  return {
    current,
    add(piece: string): void {
      const text = visible.of(piece);
      if (text === '') return;
      if (length + text.length > MOST_CHARACTERS)
        throw new ModelFailure('too-large', 'The answer is longer than an answer can be.');
      length += text.length;
      pieces.push(text);
      cancelFrame ??= clock.after(FRAME_MS, flush);
      cancelKeep ??= clock.after(KEEP_EVERY_MS, () => {
        cancelKeep = null;
        keep(current());
      });
    },
    change(change: Partial<ChatTurn>): ChatTurn {
      flush();
      turn = { ...current(), ...change };
      return turn;
    },
    /** Tells what has not been told; nothing comes after it. */
    end(change: Partial<ChatTurn>): ChatTurn {
      flush();
      cancelKeep?.();
      cancelKeep = null;
      turn = { ...current(), ...change };
      return turn;
    },
  };
}

export type RunningAnswer = ReturnType<typeof createRunningAnswer>;
