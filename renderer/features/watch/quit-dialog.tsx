import { useEffect } from 'react';
import { create } from 'zustand';

import type { QuitQuestion } from '#shared/domain/panic/watch.ts';

import { on } from '../../bridge.ts';
import { later, whenIdle } from '../../ui/later.tsx';

const dialog = later(() => import('./quit-question.tsx').then((m) => m.QuitQuestionDialog));

const useQuitQuestion = create<{ question: QuitQuestion | null }>(() => ({ question: null }));

/** Listens for the question that the main process asks before the desk ends. */
export const startQuitQuestion = (): (() => void) =>
  on('quit.question', ({ question }) => useQuitQuestion.setState({ question }));

/** The question before quitting. It is there before it is asked: fetched once the window is at rest. */
export function QuitDialog() {
  useEffect(() => whenIdle(dialog.preload), []);
  const question = useQuitQuestion((state) => state.question);
  return question === null ? null : <dialog.Component question={question} meanwhile={null} />;
}
