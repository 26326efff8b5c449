import { ExternalLink } from 'lucide-react';

import { exchangeLink } from '#shared/domain/backends/exchange.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { useEntry } from '../../stores/desk.ts';
import { toast } from '../../stores/toasts.ts';
import { openPlace } from '../../stores/ui.ts';
import { Button } from '../../ui/button.tsx';

/** How to reach the exchange behind a backend (K16): the person's own link or words, or where to write them down. */
export function ExchangeWay({ backendId, offerToSet }: { backendId: string; offerToSet: boolean }) {
  const config = useEntry('backends', backendId);
  const text = config?.exchange?.trim() ?? '';
  if (config === undefined || config.practice) return null;
  if (text === '') {
    if (!offerToSet) return null;
    return (
      <button
        type="button"
        className="text-xs text-muted underline decoration-line-strong underline-offset-2 hover:text-ink"
        onClick={() => openPlace('settings', backendId)}
      >
        {t('Write down how to reach the exchange')}
      </button>
    );
  }
  if (exchangeLink(text) === null)
    return <span className="selectable text-xs text-ink">{t('Exchange: {text}', { text })}</span>;
  return (
    <Button
      size="sm"
      icon={<ExternalLink size={13} aria-hidden />}
      onClick={() => void openExchange(backendId)}
      aria-label={t('Open the exchange of {name}', { name: config.name })}
    >
      {t('Open the exchange')}
    </Button>
  );
}

async function openExchange(backendId: string): Promise<void> {
  try {
    await request('backends.open-exchange', { backendId });
  } catch (error) {
    toast.error(t('The exchange’s page could not be opened'), { description: describeError(error) });
  }
}
