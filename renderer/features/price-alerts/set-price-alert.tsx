import { BellPlus } from 'lucide-react';
import { useState } from 'react';

import { t } from '#shared/words.ts';

import { newRequestId } from '../../stores/commands.ts';
import { Button } from '../../ui/button.tsx';
import { PriceAlertDialog } from './price-alert-dialog.tsx';
import type { PriceAlertDraft, PriceAlertSubject } from './price-alert-draft.ts';
import { newPriceAlertDraft } from './price-alert-draft.ts';

/** The button beside a price that opens the form with that price in it. */
export function SetPriceAlert({ subject }: { subject: PriceAlertSubject }) {
  const [draft, setDraft] = useState<PriceAlertDraft | null>(null);
  return (
    <>
      <Button
        acts
        size="sm"
        icon={<BellPlus size={13} aria-hidden />}
        onClick={() => setDraft(newPriceAlertDraft(newRequestId(), subject))}
      >
        {t('Price alert')}
      </Button>
      {draft !== null && <PriceAlertDialog isNew draft={draft} onClose={() => setDraft(null)} />}
    </>
  );
}
