import { later } from '../../ui/later.tsx';
import { useGuide } from './guide.ts';

const dialog = later(() => import('./rehearsal-dialog.tsx').then((m) => m.RehearsalDialog));

/** Once, after the first bot of the person's own: whether a halt would reach it is better known before it is needed. */
export function RehearsalOffer() {
  const backendName = useGuide((state) => state.rehearsalFor);
  return backendName === null ? null : <dialog.Component backendName={backendName} meanwhile={null} />;
}
