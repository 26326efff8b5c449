import { TriangleAlert } from 'lucide-react';

import type { HeartbeatSettings, HeartbeatState } from '#shared/domain/panic/watch.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../../../stores/clock.ts';
import type { Tone } from '../../../ui/badge.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Select, Switch } from '../../../ui/controls.tsx';
import { formatTime } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { Segmented } from '../../../ui/tabs.tsx';
import { HeartbeatAddress } from './heartbeat-address.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';

const EVERY = [1, 2, 5, 10, 15, 30, 60] as const;

/** Whether and how a service outside is told that the desk works. */
export function HeartbeatPanel({
  heartbeat,
  state,
}: {
  heartbeat: HeartbeatSettings;
  state: HeartbeatState | undefined;
}) {
  const change = (part: Partial<HeartbeatSettings>): void => void saveSetting({ heartbeat: part });
  const everyMinutes = EVERY.some((minutes) => minutes === heartbeat.everyMinutes)
    ? EVERY
    : [...EVERY, heartbeat.everyMinutes];
  return (
    <Panel title={t('Heartbeat')}>
      <SettingRow
        label={t('Tell a service that Quarterdeck works')}
        help={t(
          'A service such as healthchecks.io calls you when it no longer hears from this desk: because of a crash, a power cut or a lost connection. What is sent holds no names and no figures.',
        )}
      >
        <HeartbeatBadge state={state} />
        <Switch
          aria-label={t('Tell a service that Quarterdeck works')}
          checked={heartbeat.enabled}
          onChange={(enabled) => change({ enabled })}
        />
      </SettingRow>
      <HeartbeatAddress host={state?.host ?? null} enabled={heartbeat.enabled} />
      <SettingRow
        label={t('How often')}
        help={t('Set the service to the same, with a few minutes of grace.')}
      >
        <Select
          aria-label={t('How often')}
          className="w-40"
          value={String(heartbeat.everyMinutes)}
          onChange={(value) => change({ everyMinutes: Number(value) })}
          options={everyMinutes.map((minutes) => ({
            value: String(minutes),
            label: minutes === 1 ? t('Every minute') : t('Every {minutes} minutes', { minutes }),
          }))}
        />
        <Segmented
          label={t('Method')}
          value={heartbeat.method}
          onChange={(method) => change({ method })}
          options={[
            { value: 'GET', label: t('GET') },
            { value: 'POST', label: t('POST') },
          ]}
        />
      </SettingRow>
      <SettingRow
        label={t('The service knows /start and /fail')}
        help={t(
          'Then a start and trouble of the desk itself are told behind the address. Without them trouble is told by silence.',
        )}
      >
        <Switch
          aria-label={t('The service knows /start and /fail')}
          checked={heartbeat.startAndFail}
          onChange={(startAndFail) => change({ startAndFail })}
        />
      </SettingRow>
      <SettingRow
        label={t('Allow an address without encryption')}
        help={t(
          'For a service in a network that is yours. Whoever is on the way can read the address and what is sent.',
        )}
      >
        {heartbeat.allowPlainHttp && <Badge tone="warn">{t('Unencrypted allowed')}</Badge>}
        <Switch
          aria-label={t('Allow an address without encryption')}
          checked={heartbeat.allowPlainHttp}
          onChange={(allowPlainHttp) => change({ allowPlainHttp })}
        />
      </SettingRow>
      {state !== undefined && <HeartbeatNotes state={state} />}
    </Panel>
  );
}

function HeartbeatNotes({ state }: { state: HeartbeatState }) {
  const { deskTrouble, failingSinceMs, lastOkAtMs, trouble } = state;
  const lines = [
    ...(failingSinceMs === null || trouble === null
      ? []
      : [
          t('Does not arrive since {time}: {trouble}', {
            time: formatTime(failingSinceMs, nowMs()),
            trouble,
          }),
        ]),
    ...(deskTrouble.length === 0
      ? []
      : [t('The desk does not say that it works: {list}.', { list: deskTrouble.join(', ') })]),
  ];
  return (
    <>
      {lines.map((line) => (
        <p
          key={line}
          role="note"
          className="selectable flex items-start gap-2 border-t border-line bg-warn-soft px-4 py-2.5 text-xs leading-relaxed text-warn"
        >
          <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
          {line}
        </p>
      ))}
      {lastOkAtMs !== null && (
        <p className="border-t border-line px-4 py-2.5 text-xs text-muted">
          {t('Last taken {time}.', { time: formatTime(lastOkAtMs, nowMs()) })}
        </p>
      )}
    </>
  );
}

const STATE_WORDS: Record<HeartbeatState['state'], { words: string; tone: Tone }> = {
  off: { words: t('Off'), tone: 'neutral' },
  'no-address': { words: t('Needs an address'), tone: 'warn' },
  starting: { words: t('Being sent'), tone: 'neutral' },
  ok: { words: t('Arrives'), tone: 'ok' },
  failing: { words: t('Does not arrive'), tone: 'danger' },
};

function HeartbeatBadge({ state }: { state: HeartbeatState | undefined }) {
  const { words, tone } = STATE_WORDS[state?.state ?? 'off'];
  return <Badge tone={tone}>{words}</Badge>;
}
