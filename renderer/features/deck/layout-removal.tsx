import { useState } from 'react';

import type { DeckLayout } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { keepDeck } from './deck-edit.ts';
import { asStandard, isStandard, withLayout, withoutLayout } from './layout/layouts.ts';

interface LayoutRemovalProps {
  what: 'reset' | 'remove';
  layout: DeckLayout;
  onClose: () => void;
}

/** The question before an arrangement is given up. */
export function LayoutRemoval({ what, layout, onClose }: LayoutRemovalProps) {
  const [busy, setBusy] = useState(false);
  const word = what === 'reset' ? t('Reset') : t('Remove');
  async function run(): Promise<void> {
    setBusy(true);
    await keepDeck((deck) =>
      what === 'reset' && !isStandard(layout.id)
        ? withLayout(deck, asStandard(layout))
        : withoutLayout(deck, layout.id),
    );
    onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={`${word} "${layout.name}"?`}
      description={
        what === 'remove'
          ? t('The layout goes for good. No data goes with it.')
          : isStandard(layout.id)
            ? t('Its widgets go back to where they came with Quarterdeck. No data is lost.')
            : t('Its widgets become those of the standard layout. No data is lost.')
      }
      footer={
        <>
          <Button onClick={onClose}>{t('Keep it')}</Button>
          <Button variant="primary" busy={busy} onClick={() => void run()}>
            {word}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
