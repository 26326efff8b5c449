import { create } from 'zustand';

import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';

/** As they have arrived, by turn. */
const arrived = new Map<string, string>();
/** As they are drawn: apart from the turns, so that these do not change with each piece. */
const useLiveTexts = create<Readonly<Record<string, string>>>(() => ({}));
let frame: number | null = null;

/** What has arrived of an answer; changes at most once a frame, however busy the window is and whatever comes in meanwhile. */
export const useLiveText = (turn: ChatTurn): string =>
  useLiveTexts((texts) => texts[turn.id] ?? turn.content);

/** What has arrived so far, drawn or not; `undefined` where no answer is on its way. */
export const textSoFar = (turnId: string): string | undefined => arrived.get(turnId);

export function setLiveText(turnId: string, text: string): void {
  arrived.set(turnId, text);
  frame ??= requestAnimationFrame(draw);
}

/** The answer is whole: its turn has the text from now on. */
export function forgetLiveText(turnId: string): void {
  arrived.delete(turnId);
  if (turnId in useLiveTexts.getState()) draw();
}

function draw(): void {
  if (frame !== null) cancelAnimationFrame(frame);
  frame = null;
  useLiveTexts.setState(Object.fromEntries(arrived), true);
}
