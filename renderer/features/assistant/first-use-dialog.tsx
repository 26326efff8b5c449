import { Laptop, Server } from 'lucide-react';

import type { AssistantSettings } from '#shared/domain/assistant/assistant.ts';
import { isLoopback } from '#shared/loopback.ts';
import { t } from '#shared/words.ts';

import { openPlace } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface FirstUseDialogProps {
  assistant: AssistantSettings;
  onLeave: () => void;
  onAgree: () => void;
}

/** Said once an address, before anything is sent there: who receives what. */
export function FirstUseDialog({ assistant, onLeave, onAgree }: FirstUseDialogProps) {
  const { address, model } = assistant;
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  const local = isLoopback(host);
  const Icon = local ? Laptop : Server;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onLeave()}
      title={t('Who receives what')}
      footer={
        <>
          <Button onClick={onLeave}>{t('Do not send')}</Button>
          <Button
            onClick={() => {
              onLeave();
              openPlace('settings', 'assistant');
            }}
          >
            {t('Choose what it may read')}
          </Button>
          <Button variant="primary" onClick={onAgree}>
            {t('Understood, ask')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 text-sm leading-relaxed text-muted">
        <p className="flex items-start gap-2.5 rounded-md border border-line bg-canvas px-3 py-2.5">
          <Icon size={16} aria-hidden className={local ? 'mt-0.5 text-ok' : 'mt-0.5 text-warn'} />
          <span className="min-w-0">
            <span className="selectable block font-mono text-xs break-all text-ink">{address}</span>
            {local
              ? t('This is on your computer: what you ask and what is read stays here.')
              : t('Whoever runs {host} receives it, and may keep it by their own rules.', { host })}
          </span>
        </p>
        <p>
          <strong className="font-semibold text-ink">{t('It is sent')}</strong>{' '}
          {t(
            'your questions, the earlier part of the same conversation, and what “{model}” asks to read for an answer: such as holdings, proposals, alerts, trades and lines of the journal.',
            { model },
          )}
        </p>
        <p>
          <strong className="font-semibold text-ink">{t('It is never sent')}</strong>{' '}
          {t(
            'your keys and passwords, and nothing as long as you ask nothing. What it may read can be switched off one by one in Settings, Assistant.',
          )}
        </p>
      </div>
    </Dialog>
  );
}
