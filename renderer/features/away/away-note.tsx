import { useEffect } from 'react';

import { ownPlace } from '../../stores/own-place.ts';
import { later } from '../../ui/later.tsx';
import { useAbsence, watchForPerson } from './absence.ts';

const strip = later(() => import('./away-strip.tsx').then((m) => m.AwayStrip));

/** Says what happened while the person was away, once they are back. The desk's own window says it. */
export function AwayNote() {
  useEffect(watchForPerson, []);
  const stretch = useAbsence((state) => state.stretch);
  if (stretch === null || ownPlace !== null) return null;
  return <strip.Component stretch={stretch} meanwhile={null} />;
}
