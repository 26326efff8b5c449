import { ExternalLink } from 'lucide-react';

import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { toast } from '../../../stores/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

export interface TurnAddress {
  conversationId: string;
  turnId: string;
}

/** Asked before a link in an answer leads out of Quarterdeck: the whole address is shown, whatever the link was called. */
export function LinkDialog({
  address,
  turn,
  onClose,
}: {
  address: string;
  turn: TurnAddress;
  onClose: () => void;
}) {
  async function open(): Promise<void> {
    onClose();
    try {
      await request('assistant.open-link', { ...turn, address });
    } catch (error) {
      toast.error(t('The link was not opened'), { description: describeError(error) });
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('Open this address in your browser?')}
      description={t(
        'It stands in an answer. An address can carry what was said here to whoever owns it: look at all of it.',
      )}
      footer={
        <>
          <Button onClick={onClose}>{t('Stay here')}</Button>
          <Button icon={<ExternalLink size={14} aria-hidden />} onClick={() => void open()}>
            {t('Open')}
          </Button>
        </>
      }
    >
      <div className="flex items-start gap-2 rounded-md border border-line bg-canvas px-3 py-2">
        <p className="selectable min-w-0 flex-1 font-mono text-xs leading-relaxed break-all text-ink">
          {address}
        </p>
        <CopyButton text={address} label={t('Copy the address')} />
      </div>
    </Dialog>
  );
}
