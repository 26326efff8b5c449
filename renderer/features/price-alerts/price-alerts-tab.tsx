import { BellPlus, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';

import type { PriceAlert } from '#shared/domain/alerts/price-alert.ts';
import { wordsOfCondition } from '#shared/domain/alerts/price-alert.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { newRequestId } from '../../stores/commands.ts';
import { useEntry, useSliceValues } from '../../stores/desk.ts';
import { isPlayback } from '../../stores/own-place.ts';
import { toast } from '../../stores/toasts.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag, PracticeMark } from '../../ui/backend-tag.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Switch } from '../../ui/controls.tsx';
import { Price } from '../../ui/figures.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { EmptyState } from '../../ui/states.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';
import { PriceAlertDialog } from './price-alert-dialog.tsx';
import type { PriceAlertDraft } from './price-alert-draft.ts';
import { newPriceAlertDraft, priceAlertDraftOf } from './price-alert-draft.ts';

/** Every price alert that is set: how far it is, off and on, change, remove. */
export function PriceAlertsTab() {
  const alerts = useSliceValues('priceAlerts');
  const backends = useSliceValues('backends');
  const [open, setOpen] = useState<{ draft: PriceAlertDraft; isNew: boolean } | null>(null);
  // With nothing real connected a first alert is about what there is.
  const practice = backends.length > 0 && backends.every((backend) => backend.practice);
  const set = (
    <Button
      acts
      size="sm"
      variant="primary"
      icon={<BellPlus size={13} aria-hidden />}
      onClick={() => {
        const subject = { symbol: '', backendId: '', practice };
        setOpen({ draft: newPriceAlertDraft(newRequestId(), subject), isNew: true });
      }}
    >
      {t('Set a price alert')}
    </Button>
  );
  return (
    <div className="h-full overflow-y-auto px-5 py-4">
      <div className="mx-auto flex max-w-3xl flex-col gap-3">
        {alerts.length === 0 ? (
          <EmptyState
            icon={<BellPlus size={22} aria-hidden />}
            title={t('No price alerts')}
            action={set}
            className="py-16"
          >
            {t(
              'Be told when a price goes above or below a line, or moves far in a short time. The Market place has the button beside each price.',
            )}
          </EmptyState>
        ) : (
          <>
            <header className="flex items-start gap-4">
              <p className="text-xs leading-relaxed text-muted">
                {t(
                  'Only fresh prices ring. What is crossed while the desk is closed rings with the first price after it, and says so.',
                )}
              </p>
              <span className="ml-auto shrink-0">{set}</span>
            </header>
            <ul aria-label={t('Price alerts')} className="flex flex-col gap-2.5">
              {[...alerts]
                .sort((a, b) => b.setAtMs - a.setAtMs)
                .map((alert) => (
                  <PriceAlertRow
                    key={alert.id}
                    alert={alert}
                    onEdit={() => setOpen({ draft: priceAlertDraftOf(alert), isNew: false })}
                  />
                ))}
            </ul>
          </>
        )}
      </div>
      {open !== null && <PriceAlertDialog {...open} onClose={() => setOpen(null)} />}
    </div>
  );
}

const PHASES: Record<PriceAlert['phase'], { words: string; tone: Tone }> = {
  waiting: { words: t('Waits for a price'), tone: 'neutral' },
  armed: { words: t('Armed'), tone: 'ok' },
  resting: { words: t('Rests until the price was back'), tone: 'neutral' },
  rang: { words: t('Rang'), tone: 'accent' },
  expired: { words: t('Ended'), tone: 'neutral' },
};

function PriceAlertRow({ alert, onEdit }: { alert: PriceAlert; onEdit: () => void }) {
  const backend = useEntry('backends', alert.backendId);
  const words = `${alert.symbol} ${wordsOfCondition(alert.condition, formatExact)}`;
  const resting =
    alert.backendId === null
      ? null
      : backend === undefined
        ? t('its backend is gone')
        : backend.practice === alert.practice
          ? null
          : t('its backend is another now');
  const { words: phase, tone } = alert.on || alert.phase === 'rang' ? PHASES[alert.phase] : OFF;
  return (
    <li className="rounded-lg border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Switch
          aria-label={t('On: {words}', { words })}
          checked={alert.on}
          disabled={isPlayback}
          onChange={(on) => void switchOn(alert, on)}
        />
        <h3 className="figures text-sm font-semibold text-ink">{words}</h3>
        {alert.practice && <PracticeMark />}
        <Badge tone={tone}>{phase}</Badge>
        {resting !== null && <Badge tone="warn">{t('Rests: {resting}', { resting })}</Badge>}
        <span className="ml-auto flex items-center gap-1">
          <IconButton
            acts
            size="sm"
            label={t('Change {words}', { words })}
            icon={<Pencil size={13} aria-hidden />}
            onClick={onEdit}
          />
          <IconButton
            acts
            size="sm"
            label={t('Remove {words}', { words })}
            icon={<Trash2 size={13} aria-hidden />}
            onClick={() => void remove(alert, words)}
          />
        </span>
      </div>
      {alert.note !== '' && <p className="selectable mt-1.5 text-sm text-muted">{alert.note}</p>}
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-faint">
        {alert.backendId === null ? (
          <span>{t('freshest price of any backend')}</span>
        ) : (
          <BackendTag backendId={alert.backendId} />
        )}
        <span>
          {alert.againAfterMinutes === null
            ? t('once')
            : t('again after {againAfterMinutes} min', { againAfterMinutes: alert.againAfterMinutes })}
        </span>
        {alert.expiresAtMs !== null && (
          <span>{t('ends {dateTime}', { dateTime: formatDateTime(alert.expiresAtMs) })}</span>
        )}
        {alert.rang !== null && (
          <span>
            <Sentence
              text={t(
                '{times, plural, one {rang {age} at {price}} other {rang # times, last {age} at {price}}}',
                { times: alert.rang.times, age: slot('age'), price: slot('price') },
              )}
              parts={{
                age: <Age atMs={alert.rang.atMs} as="ago" />,
                price: <Price value={alert.rang.price} />,
              }}
            />
          </span>
        )}
      </p>
    </li>
  );
}

const OFF = { words: t('Off'), tone: 'neutral' } as const;

/** Switched on again it begins anew; one whose end is over goes on without one. */
async function switchOn(alert: PriceAlert, on: boolean): Promise<void> {
  const { phase, rang: _rang, setAtMs: _setAtMs, ...text } = alert;
  const expiresAtMs = phase === 'expired' ? null : text.expiresAtMs;
  await tell(request('price-alerts.save', { ...text, on, expiresAtMs }));
}

async function remove({ id }: PriceAlert, words: string): Promise<void> {
  if (!(await tell(request('price-alerts.remove', { id })))) return;
  toast.success(t('Removed: {words}', { words }), {
    action: { label: t('Undo'), onClick: () => void tell(request('price-alerts.restore', { id })) },
  });
}

async function tell(work: Promise<null>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    toast.error(t('The price alert was not changed'), { description: describeError(error) });
    return false;
  }
}
