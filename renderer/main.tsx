import './styles.css';

import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';

import { t } from '#shared/words.ts';

import { LockGate } from './features/lock/lock-gate.tsx';
import { App } from './shell/app.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { preloadPlace } from './shell/places.ts';
import { reportError, reportUncaughtErrors } from './shell/report-error.ts';
import { isPlayback } from './stores/own-place.ts';
import { useUi } from './stores/ui.ts';
import { loadTelling } from './telling.ts';

const PastApp = lazy(() => import('./shell/past-app.tsx').then((m) => ({ default: m.PastApp })));

reportUncaughtErrors();
// While the desk is read, what will show it is on its way.
preloadPlace(useUi.getState().place);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element to draw in.');
const reactRoot = createRoot(root, { onCaughtError: reportError, onUncaughtError: reportError });
// A desk that cannot be told in its language is better than none.
void loadTelling().catch(reportError).then(draw);

function draw(): void {
  reactRoot.render(
    <StrictMode>
      <ErrorBoundary name={t('The window')}>
        <LockGate>
          {isPlayback ? (
            <Suspense>
              <PastApp />
            </Suspense>
          ) : (
            <App />
          )}
        </LockGate>
      </ErrorBoundary>
    </StrictMode>,
  );
}
