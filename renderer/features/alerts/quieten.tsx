import { BellOff, Moon } from 'lucide-react';
import { useState } from 'react';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import {
  withMutedKind,
  withoutMutedKind,
  withoutSnooze,
  withSnooze,
} from '#shared/domain/attention/attention-change.ts';
import { mutedKindOf, snoozeOf, untilWords } from '#shared/domain/attention/attention-verdict.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { tomorrowAt } from '#shared/domain/attention/quiet-hours.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';
import { alertKindWords } from '#shared/domain/alerts/alert-words.ts';
import { t } from '#shared/words.ts';

import { nowMs, useNow } from '../../stores/clock.ts';
import { useAttentionPolicy } from '../../stores/derived.ts';
import { useEntry } from '../../stores/desk.ts';
import { changeAttention } from '../../stores/mute.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatHour } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';

/** When people look at their desk in the morning. */
const MORNING_HOUR = 8;

/** Snoozes an alert, or mutes its kind on its backend; says which of it holds and takes it back. */
export function Quieten({ alert }: { alert: Alert }) {
  const policy = useAttentionPolicy();
  const now = useNow(5_000);
  const name = useEntry('backends', alert.backendId)?.name ?? alert.backendId;
  const [asksCritical, setAsksCritical] = useState(false);
  const group = entryKey(alert.backendId, alert.groupKey);
  const kind = alertKindWords(alert.kind);
  const snoozed = snoozeOf(policy, { group, severity: alert.severity }, now);
  const muted = mutedKindOf(policy, alert.backendId, alert);

  const snoozeUntil = (untilMs: number): void =>
    void changeAttention(
      (before) =>
        withSnooze(
          before,
          { group, title: t('{kind} of {name}', { kind, name }), severity: alert.severity, untilMs },
          nowMs(),
        ),
      t('Snoozed until {untilMs}', { untilMs: untilWords(untilMs, nowMs()) }),
    );
  const mute = (withCritical: boolean): void =>
    void changeAttention(
      (before) => withMutedKind(before, { backendId: alert.backendId, kind: alert.kind, withCritical }),
      t('“{kind}” of {name} is muted', { kind, name }),
    );

  if (snoozed !== null)
    return (
      <Button
        acts
        className="w-full"
        icon={<Moon size={14} aria-hidden />}
        onClick={() =>
          void changeAttention((before) => withoutSnooze(before, group), t('Not snoozed any more'))
        }
      >
        {t('Snoozed until {untilMs}: wake', { untilMs: untilWords(snoozed.untilMs, now) })}
      </Button>
    );
  if (muted !== null)
    return (
      <Button
        acts
        className="w-full"
        icon={<BellOff size={14} aria-hidden />}
        onClick={() =>
          void changeAttention(
            (before) => withoutMutedKind(before, alert),
            t('“{kind}” of {name} is told again', { kind, name }),
          )
        }
      >
        {t('“{kind}” is muted: unmute', { kind })}
      </Button>
    );
  return (
    <>
      <Menu
        label={t('Snooze or mute')}
        items={[
          {
            id: '10',
            label: t('Snooze for 10 minutes'),
            onSelect: () => snoozeUntil(nowMs() + 10 * MINUTE_MS),
          },
          { id: '60', label: t('Snooze for an hour'), onSelect: () => snoozeUntil(nowMs() + HOUR_MS) },
          {
            id: 'tomorrow',
            label: t('Snooze till tomorrow, {hour}', { hour: formatHour(tomorrowAt(MORNING_HOUR, nowMs())) }),
            onSelect: () => snoozeUntil(tomorrowAt(MORNING_HOUR, nowMs())),
          },
          {
            id: 'kind',
            label: t('Mute “{kind}” of {name}', { kind, name }),
            onSelect: () => {
              if (alert.severity === 'critical') setAsksCritical(true);
              else mute(false);
            },
          },
        ]}
      >
        <Button acts className="w-full" icon={<Moon size={14} aria-hidden />}>
          {t('Snooze or mute')}
        </Button>
      </Menu>
      <Dialog
        open={asksCritical}
        onOpenChange={setAsksCritical}
        tone="danger"
        width="sm"
        title={t('Mute “{kind}” of {name}, critical ones too?', { kind, name })}
        description={t(
          'This one is critical. Muted, the next one stands in this list and nothing announces it.',
        )}
        footer={
          <>
            <Button onClick={() => setAsksCritical(false)}>{t('Keep it loud')}</Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsksCritical(false);
                mute(true);
              }}
            >
              {t('Mute critical ones too')}
            </Button>
          </>
        }
      >
        {null}
      </Dialog>
    </>
  );
}
