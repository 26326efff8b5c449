import { useEffect } from 'react';

import { TOUR_ITEM } from '#shared/domain/settings/guide.ts';
import { t } from '#shared/words.ts';

import { on, request } from '../bridge.ts';
import { DecisionDialogs } from '../features/approvals/decision-dialogs.tsx';
import { AwayNote } from '../features/away/away-note.tsx';
import { FirstSteps } from '../features/first-hour/first-steps.tsx';
import { startTour } from '../features/first-hour/guide.ts';
import { RehearsalOffer } from '../features/first-hour/rehearsal-offer.tsx';
import { Tour } from '../features/first-hour/tour.tsx';
import { ReadOnlyBar } from '../features/lock/read-only-bar.tsx';
import { PaletteDialog } from '../features/palette/palette-dialog.tsx';
import { PanicBanner } from '../features/panic/panic-banner.tsx';
import { PanicDialog } from '../features/panic/panic-dialog.tsx';
import { ResumeDialog } from '../features/panic/resume-dialog.tsx';
import { VaultLockBar } from '../features/vault/vault-lock-bar.tsx';
import { QuitDialog, startQuitQuestion } from '../features/watch/quit-dialog.tsx';
import { WaitingLimits } from '../features/watch/waiting-limits.tsx';
import { CheatSheet } from '../features/shortcuts/cheat-sheet.tsx';
import { setClock } from '../stores/clock.ts';
import { connectVault } from '../stores/vault.ts';
import { ShownTotalProvider } from '../stores/shown-total.tsx';
import { ownPlace } from '../stores/own-place.ts';
import { openDestination, setPanicOpen } from '../stores/ui.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { Bar } from './bar.tsx';
import { connectStores } from './connect-stores.ts';
import { EachApart } from './each-apart.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Navigation } from './navigation.tsx';
import { Notices } from './notices.tsx';
import { OpenPlace } from './open-place.tsx';
import { placeLabel } from './places.ts';
import { startSoundPlayer } from './sound-player.ts';
import { useAppearance } from './use-appearance.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useShortcuts } from './use-shortcuts.ts';

const STRIPS = [PanicBanner, WaitingLimits, VaultLockBar, ReadOnlyBar, FirstSteps, AwayNote];

const LAYERS = [
  PanicDialog,
  ResumeDialog,
  QuitDialog,
  PaletteDialog,
  CheatSheet,
  DecisionDialogs,
  RehearsalOffer,
  Tour,
  Notices,
];

/** The whole window: the bar that is always there, the places, and what lies over them. */
export function App() {
  useEffect(connectWindow, []);
  useAppearance();
  useEffect(nameWindow, []);
  useShortcuts();
  useKeptFocus();
  return (
    <TooltipProvider>
      <ShownTotalProvider>
        <div className="flex h-full flex-col">
          <ErrorBoundary name={t('The bar')}>
            <Bar />
          </ErrorBoundary>
          <EachApart parts={STRIPS} as="strip" />
          <div className="flex min-h-0 flex-1">
            {ownPlace === null && <Navigation />}
            <OpenPlace />
          </div>
        </div>
      </ShownTotalProvider>
      <EachApart parts={LAYERS} as="over" />
    </TooltipProvider>
  );
}

/** A window of one place carries its name, and has no places at its left for anything to stand beside. */
function nameWindow(): void {
  if (ownPlace === null) return;
  document.documentElement.dataset.alone = '';
  document.title = t('{ownPlace} · Quarterdeck', { ownPlace: placeLabel(ownPlace) });
}

function connectWindow(): () => void {
  void followClock();
  return connectStores(
    connectVault(),
    startSoundPlayer(),
    startQuitQuestion(),
    on('window.open-place', (destination) => {
      if (destination.itemId === TOUR_ITEM) startTour();
      else openDestination(destination);
    }),
    on('window.ask-panic', ({ open }) => setPanicOpen(open, 'hotkey')),
  );
}

/** A window that cannot ask for the desk's clock keeps the machine's, which is the same one outside of tests. */
async function followClock(): Promise<void> {
  const info = await request('app.info', {}).catch(() => null);
  if (info?.clock !== undefined) setClock(info.clock);
}
