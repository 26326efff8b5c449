// @vitest-environment happy-dom
import { act, Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';

import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';

import { setLiveText, useLiveText } from './live-texts.ts';

const TURN: ChatTurn = {
  id: 'turn',
  parentId: null,
  role: 'assistant',
  content: '',
  atMs: 0,
  end: 'under-way',
  trouble: null,
  by: 'model',
  citations: [],
  proposals: [],
  usage: null,
};
const Answer = () => <p>{useLiveText(TURN)}</p>;

it('however many pieces of an answer come within a frame, it is drawn once with all of them', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  let frames: FrameRequestCallback[] = [];
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  let drawn = 0;
  const onDrawn = (): void => void (drawn += 1);
  await act(async () =>
    root.render(
      <Profiler id="answer" onRender={onDrawn}>
        <Answer />
      </Profiler>,
    ),
  );
  drawn = 0;
  for (let round = 1; round <= 3; round += 1) {
    for (let piece = 1; piece <= 100; piece += 1)
      await act(async () => setLiveText(TURN.id, `${round}: ${'token '.repeat(piece)}`));
    expect(drawn, 'nothing is drawn before the frame').toBe(round - 1);
    const due = frames;
    frames = [];
    expect(due).toHaveLength(1);
    await act(async () => due[0]?.(0));
    expect(drawn).toBe(round);
    expect(place.textContent).toBe(`${round}: ${'token '.repeat(100)}`);
  }
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});
