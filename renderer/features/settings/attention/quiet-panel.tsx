import { useState } from 'react';

import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import { withoutMutedKind, withoutSnooze } from '#shared/domain/attention/attention-change.ts';
import { untilWords } from '#shared/domain/attention/attention-verdict.ts';
import type { QuietHours } from '#shared/domain/attention/quiet-hours.ts';
import { WEEKDAYS } from '#shared/domain/attention/quiet-hours.ts';
import { alertKindWords } from '#shared/domain/alerts/alert-words.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../../stores/clock.ts';
import { useSlice } from '../../../stores/desk.ts';
import { setMuted } from '../../../stores/mute.ts';
import { Button } from '../../../ui/button.tsx';
import { ClockInput } from '../../../ui/clock-input.tsx';
import { cx } from '../../../ui/cx.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Switch } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';

/** From Monday on, as a week is read. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/** When it is quiet: quiet hours, a mute, and what the person snoozed or muted from an alert. */
export function QuietPanel({ policy }: { policy: AttentionPolicySettings }) {
  const { quietHours } = policy;
  const nowMs = useNow(5_000);
  const [asksCritical, setAsksCritical] = useState(false);
  const set = (change: Partial<QuietHours>): void =>
    void saveSetting({ attentionPolicy: { quietHours: { ...quietHours, ...change } } });
  const isMuted = policy.muteUntilMs !== null && nowMs < policy.muteUntilMs;
  return (
    <Panel title={t('Quiet')}>
      <SettingRow
        label={t('Mute for an hour')}
        help={
          isMuted && policy.muteUntilMs !== null
            ? t('Muted until {muteUntilMs}.', { muteUntilMs: untilWords(policy.muteUntilMs, nowMs) })
            : t('Also in the bar and in the tray. Everything still shows here.')
        }
      >
        <Button size="sm" onClick={() => void setMuted(!isMuted)}>
          {isMuted ? t('Unmute') : t('Mute for an hour')}
        </Button>
      </SettingRow>
      <SettingRow
        label={t('Quiet hours')}
        help={t(
          'Nothing is shown by the system, heard or sent to your channels; it all shows here. By the clock on your wall.',
        )}
      >
        <Switch
          aria-label={t('Quiet hours')}
          checked={quietHours.enabled}
          onChange={(enabled) => set({ enabled })}
        />
      </SettingRow>
      {quietHours.enabled && (
        <SettingRow
          label={t('From, to and on which days')}
          help={
            quietHours.from < quietHours.to
              ? t('The same day.')
              : quietHours.from === quietHours.to
                ? t('For 24 hours from then.')
                : t('Ends on the next day; a day is the one on which they begin.')
          }
        >
          <div className="flex flex-wrap items-center justify-end gap-2">
            <TimeInput label={t('Quiet from')} value={quietHours.from} onChange={(from) => set({ from })} />
            <TimeInput label={t('Quiet to')} value={quietHours.to} onChange={(to) => set({ to })} />
            <div role="group" aria-label={t('Days')} className="flex gap-0.5">
              {WEEK.map((day) => {
                const short = WEEKDAYS[day].slice(0, 2);
                const on = quietHours.days.includes(day);
                const { days } = quietHours;
                return (
                  <button
                    key={day}
                    type="button"
                    aria-label={`${short}, ${WEEKDAYS[day]}`}
                    aria-pressed={on}
                    onClick={() =>
                      set({ days: on ? days.filter((one) => one !== day) : [...days, day].sort() })
                    }
                    className={cx(
                      'h-7 w-8 rounded-md border text-xs',
                      on
                        ? 'border-accent/50 bg-accent-soft text-ink'
                        : 'border-line text-faint hover:bg-raised',
                    )}
                  >
                    {short}
                  </button>
                );
              })}
            </div>
          </div>
        </SettingRow>
      )}
      <SettingRow
        label={t('Silence critical ones too')}
        help={t(
          'In quiet hours and while muted. That a protection failed is shown even then, without a sound.',
        )}
      >
        <Switch
          aria-label={t('Silence critical ones too')}
          checked={policy.silenceCritical}
          onChange={(on) => {
            if (on) setAsksCritical(true);
            else void saveSetting({ attentionPolicy: { silenceCritical: false } });
          }}
        />
      </SettingRow>
      <Hidden policy={policy} nowMs={nowMs} />
      {asksCritical && (
        <Dialog
          open
          onOpenChange={setAsksCritical}
          tone="danger"
          width="sm"
          title={t('Silence what is critical?')}
          description={t(
            'A halt, a stopped link or a missed exit at night will wake nobody. You learn of it when you look.',
          )}
          footer={
            <>
              <Button onClick={() => setAsksCritical(false)}>{t('Let them through')}</Button>
              <Button
                variant="danger"
                onClick={() => {
                  void saveSetting({ attentionPolicy: { silenceCritical: true } });
                  setAsksCritical(false);
                }}
              >
                {t('Silence them')}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      )}
    </Panel>
  );
}

/** Alerts that are snoozed and kinds of alert that are muted, each with its end. */
function Hidden({ policy, nowMs }: { policy: AttentionPolicySettings; nowMs: number }) {
  const backends = useSlice('backends');
  const snoozes = policy.snoozes.filter(({ untilMs }) => untilMs > nowMs);
  return (
    <>
      {snoozes.map(({ group, title, untilMs }) => (
        <SettingRow
          key={group}
          label={title}
          help={t('Snoozed until {untilMs}.', { untilMs: untilWords(untilMs, nowMs) })}
        >
          <Button
            size="sm"
            aria-label={t('Wake: {title}', { title })}
            onClick={() => void saveSetting({ attentionPolicy: withoutSnooze(policy, group) })}
          >
            {t('Wake now')}
          </Button>
        </SettingRow>
      ))}
      {policy.mutedKinds.map((muted) => {
        const kind = alertKindWords(muted.kind);
        const name = backends.get(muted.backendId)?.name ?? muted.backendId;
        return (
          <SettingRow
            key={`${muted.backendId}/${muted.kind}`}
            label={t('“{kind}” of {name}', { kind, name })}
            help={
              muted.withCritical ? t('Muted, critical ones too.') : t('Muted. Critical ones come through.')
            }
          >
            <Button
              size="sm"
              aria-label={t('Unmute {kind} of {name}', { kind, name })}
              onClick={() => void saveSetting({ attentionPolicy: withoutMutedKind(policy, muted) })}
            >
              {t('Unmute')}
            </Button>
          </SettingRow>
        );
      })}
    </>
  );
}

/** Saved when it is left with a whole time in it. */
function TimeInput(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className="w-26">
      <ClockInput
        aria-label={label}
        value={typed ?? value}
        onChange={setTyped}
        onLeave={() => {
          if (typed === '') return;
          setTyped(null);
          if (typed !== null && typed !== value) onChange(typed);
        }}
      />
    </span>
  );
}
