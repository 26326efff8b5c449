import { later } from '../../ui/later.tsx';
import { useGuide } from './guide.ts';

const card = later(() => import('./tour-card.tsx').then((m) => m.TourCard));

/** The tour, in a card at a time. It lies over nothing that halts, and PANIC and every key work meanwhile. */
export function Tour() {
  const step = useGuide((state) => state.step);
  return step === null ? null : <card.Component key={step} index={step} meanwhile={null} />;
}
