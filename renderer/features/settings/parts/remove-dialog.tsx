import { useState } from 'react';

import { t } from '#shared/words.ts';

import { describeError } from '../../../bridge.ts';
import { toast } from '../../../stores/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

interface RemoveDialogProps {
  /** What would go, as the question names it. */
  what: string;
  /** What that means. */
  description: string;
  /** Said when it cannot be done. */
  failure: string;
  remove: () => Promise<unknown>;
  onDone: (removed: boolean) => void;
}

/** The question before something is removed for good; to keep it is the first answer. */
export function RemoveDialog({ what, description, failure, remove, onDone }: RemoveDialogProps) {
  const [busy, setBusy] = useState(false);

  async function run(): Promise<void> {
    setBusy(true);
    try {
      await remove();
      onDone(true);
    } catch (error) {
      setBusy(false);
      toast.error(failure, { description: describeError(error) });
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone(false)}
      width="sm"
      title={t('Remove {what}?', { what })}
      description={description}
      footer={
        <>
          <Button onClick={() => onDone(false)}>{t('Keep it')}</Button>
          <Button variant="danger" busy={busy} onClick={() => void run()}>
            {t('Remove')}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
