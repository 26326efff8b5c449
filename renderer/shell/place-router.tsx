import { hasNoPast, NoPast } from '../features/playback/no-past.tsx';
import { isPlayback } from '../stores/own-place.ts';
import { useUi } from '../stores/ui.ts';
import { SkeletonRows } from '../ui/states.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { places } from './places.ts';

/** Draws the place that is open. A fault in it stays in it. */
export function PlaceRouter() {
  const open = useUi((state) => state.place);
  const info = places.find((one) => one.place === open);
  if (info === undefined) return null;
  if (isPlayback && hasNoPast(info.place)) return <NoPast place={info.place} label={info.label} />;
  return (
    <ErrorBoundary key={info.place} name={info.label}>
      <info.page.Component meanwhile={<SkeletonRows count={8} className="p-5" />} />
    </ErrorBoundary>
  );
}
