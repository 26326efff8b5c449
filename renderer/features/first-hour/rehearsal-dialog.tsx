import { ClipboardCheck } from 'lucide-react';

import { t } from '#shared/words.ts';

import { openPlace } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { rehearse } from '../panic/use-rehearsal.ts';
import { closeRehearsalOffer } from './guide.ts';

/** Asks whether a halt shall be rehearsed now, which halts nothing. */
export function RehearsalDialog({ backendName }: { backendName: string }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeRehearsalOffer()}
      title={t('{backendName} is connected. Would a halt reach it?', { backendName })}
      description={t(
        'A rehearsal goes the whole way of PANIC up to the last step. It halts nothing and takes a few seconds.',
      )}
      width="sm"
      footer={
        <>
          <Button onClick={closeRehearsalOffer}>{t('Not now')}</Button>
          <Button
            variant="primary"
            icon={<ClipboardCheck size={14} aria-hidden />}
            onClick={() => {
              closeRehearsalOffer();
              openPlace('settings', 'panic');
              void rehearse('window');
            }}
          >
            {t('Rehearse it now')}
          </Button>
        </>
      }
    >
      <p className="text-sm leading-relaxed text-muted">
        {t(
          'You find it again beside PANIC and in Settings, Halting. It says there when it was last done and who could not be reached.',
        )}
      </p>
    </Dialog>
  );
}
