import type { PlaybackMark, Stretch } from '#shared/domain/journal/playback.ts';

/** What a mark stands for, in three heights and colours. */
export type MarkLook = 'decision' | 'alert' | 'halt' | 'trade';

export interface DrawnMark {
  /** From 0 to 100. */
  leftPct: number;
  look: MarkLook;
}

const LOOKS: Partial<Record<PlaybackMark['kind'], MarkLook>> = {
  approval: 'decision',
  command: 'decision',
  alert: 'alert',
  trade: 'trade',
  panic: 'halt',
  'kill-switch': 'halt',
};

/** Places on the line; where marks of one look fall on the same hundredth of its width, one is drawn. */
export function drawMarks(marks: readonly PlaybackMark[], stretch: Stretch): DrawnMark[] {
  const drawn = new Map<string, DrawnMark>();
  for (const { atMs, kind } of marks) {
    const look = LOOKS[kind];
    const leftPct = placeOf(atMs, stretch);
    if (look !== undefined) drawn.set(`${look} ${Math.round(leftPct * 5)}`, { leftPct, look });
  }
  return [...drawn.values()];
}

/** From 0 to 100, within the stretch. */
export function placeOf(atMs: number, { fromMs, toMs }: Stretch): number {
  return Math.min(100, Math.max(0, ((atMs - fromMs) / Math.max(1, toMs - fromMs)) * 100));
}

/** The time at a place between 0 and 1, on whole seconds. */
export function timeAt(share: number, { fromMs, toMs }: Stretch): number {
  const atMs = fromMs + Math.min(1, Math.max(0, share)) * (toMs - fromMs);
  return Math.min(toMs, Math.max(fromMs, Math.round(atMs / 1_000) * 1_000));
}

/** How far an arrow key goes: a two-hundredth of the stretch on a round step, never less than a second. */
export function stepMs({ fromMs, toMs }: Stretch): number {
  const wanted = (toMs - fromMs) / 200;
  return STEPS.find((step) => step >= wanted) ?? 3_600_000;
}

const STEPS = [1_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000];

/** The mark that a time stands on or came after last. */
export const markBefore = (marks: readonly PlaybackMark[], atMs: number): PlaybackMark | null =>
  marks.findLast((mark) => mark.atMs <= atMs) ?? null;
