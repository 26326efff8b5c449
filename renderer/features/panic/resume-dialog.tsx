import { useEffect } from 'react';

import { usePanic } from '../../stores/derived.ts';
import { useUi } from '../../stores/ui.ts';
import { later, whenIdle } from '../../ui/later.tsx';

const question = later(() => import('./resume-question.tsx').then((m) => m.ResumeQuestion));

/** The way out of panic. It is there before it is needed: fetched once the window is at rest. */
export function ResumeDialog() {
  useEffect(() => whenIdle(question.preload), []);
  const open = useUi((state) => state.resumeOpen);
  const { state } = usePanic();
  if (!open || state === undefined || state.kind === 'clear') return null;
  return <question.Component targets={state.targets} meanwhile={null} />;
}
