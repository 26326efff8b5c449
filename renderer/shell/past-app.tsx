import { useEffect } from 'react';

import { t } from '#shared/words.ts';

import { DecisionDialogs } from '../features/approvals/decision-dialogs.tsx';
import { ReadOnlyBar } from '../features/lock/read-only-bar.tsx';
import { PaletteDialog } from '../features/palette/palette-dialog.tsx';
import { PanicBanner } from '../features/panic/panic-banner.tsx';
import { PastBand } from '../features/playback/past-band.tsx';
import { PastFrame } from '../features/playback/past-frame.tsx';
import { PastPanicDialog } from '../features/playback/past-panic-dialog.tsx';
import { Transport } from '../features/playback/transport.tsx';
import { CheatSheet } from '../features/shortcuts/cheat-sheet.tsx';
import { connectPlayback, usePlayback } from '../stores/playback.ts';
import { ShownTotalProvider } from '../stores/shown-total.tsx';
import { EmptyState, SkeletonRows } from '../ui/states.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { Bar } from './bar.tsx';
import { connectStores } from './connect-stores.ts';
import { EachApart } from './each-apart.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Navigation } from './navigation.tsx';
import { OpenPlace } from './open-place.tsx';
import { Toasts } from './toasts/toasts.tsx';
import { useAppearance } from './use-appearance.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useShortcuts } from './use-shortcuts.ts';

const LAYERS = [PastPanicDialog, PaletteDialog, CheatSheet, DecisionDialogs, Toasts, PastFrame];

/**
 * The window of the past: every place as it was, in a band and a frame that say so. No notices, no sounds, no questions of the
 * present come here.
 */
export function PastApp() {
  useEffect(connectPast, []);
  useAppearance();
  useShortcuts();
  useKeptFocus();
  return (
    <TooltipProvider>
      <ShownTotalProvider>
        <div className="flex h-full flex-col">
          <ErrorBoundary name={t('The bar')}>
            <PastBand />
            <Bar />
            <PanicBanner />
            <ReadOnlyBar />
          </ErrorBoundary>
          <div className="flex min-h-0 flex-1">
            <Navigation />
            <Then />
          </div>
          <ErrorBoundary name={t('The playback')}>
            <Transport />
          </ErrorBoundary>
        </div>
      </ShownTotalProvider>
      <EachApart parts={LAYERS} as="over" />
    </TooltipProvider>
  );
}

/** Before the time is known nothing is drawn: it would have the ages of now. What was read for another time is read again. */
function Then() {
  const jumps = usePlayback(({ state }) => state?.jumps ?? null);
  const trouble = usePlayback((store) => store.trouble);
  if (jumps !== null) return <OpenPlace key={jumps} />;
  return (
    <main tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
      {trouble === null ? (
        <SkeletonRows count={9} className="p-5" />
      ) : (
        <EmptyState title={trouble} className="h-full" />
      )}
    </main>
  );
}

function connectPast(): () => void {
  document.documentElement.dataset.playback = '';
  return connectStores(connectPlayback());
}
