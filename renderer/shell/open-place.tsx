import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { useDeskStore } from '../stores/desk.ts';
import { useUi } from '../stores/ui.ts';
import { cx } from '../ui/cx.ts';
import { ErrorState, SkeletonRows } from '../ui/states.tsx';
import { PlaceRouter } from './place-router.tsx';

/** The part of the window that holds the open place, once the desk has been read; until then the reason why not. */
export function OpenPlace() {
  return (
    <main
      tabIndex={-1}
      className="relative max-[56rem]:overflow-auto flex min-h-0 min-w-0 flex-1 flex-col outline-none"
    >
      <Fitted>
        <Desk />
      </Fitted>
    </main>
  );
}

/**
 * The place in the room that there is. Zoomed in there is less than the narrowest place needs: it then keeps that width, and is
 * scrolled within itself. The deck fits any width by itself.
 */
function Fitted({ children }: { children: ReactNode }) {
  const fits = useUi(({ place }) => place === 'deck');
  return (
    <div
      className={cx(
        'flex min-h-0 min-w-0 flex-1 flex-col',
        fits ? 'max-[56rem]:min-h-80' : 'max-[56rem]:min-h-[32rem] max-[56rem]:min-w-[51rem]',
      )}
    >
      {children}
    </div>
  );
}

function Desk() {
  const status = useDeskStore((state) => state.status);
  const trouble = useDeskStore((state) => state.trouble);
  if (status === 'loading') return <SkeletonRows count={9} className="p-5" />;
  if (status === 'failed') {
    return (
      <ErrorState
        title={t('The desk could not be read')}
        message={trouble ?? t('Quarterdeck did not answer.')}
        onRetry={() => window.location.reload()}
        className="h-full"
      />
    );
  }
  return <PlaceRouter />;
}
