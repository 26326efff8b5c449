import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';

import type { IngestStatus } from '#shared/domain/settings/ingest.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { nowMs, useNow } from '../../../stores/clock.ts';
import { useSettings } from '../../../stores/settings.ts';
import { openPlace } from '../../../stores/ui.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Switch } from '../../../ui/controls.tsx';
import { Input } from '../../../ui/field.tsx';
import { formatCount, formatTime } from '../../../ui/format.ts';
import { Panel, Stat } from '../../../ui/panel.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { Segmented } from '../../../ui/tabs.tsx';
import { IngestKey } from './ingest-key.tsx';
import { IngestSnippet } from './ingest-snippet.tsx';
import { readPort } from './ingest-port.ts';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';

const PERIOD_MS = 2 * SECOND_MS;

/** The listener that detector scripts post to: whether and where it listens, its key, and what came of it (S6). */
export function IngestSection() {
  const ingest = useSettings()?.ingest;
  const tick = useNow(PERIOD_MS);
  const [round, setRound] = useState(0);
  const { value: status, trouble, reload } = useRequest('ingest.status', {}, tick + round);
  const [shownKey, setShownKey] = useState<string | null>(null);
  if (ingest === undefined) return null;
  if (status === null) {
    return trouble === null ? (
      <SkeletonRows count={4} />
    ) : (
      <ErrorState title={t('The listener could not be asked')} message={trouble} onRetry={reload} />
    );
  }
  const change = async (part: Partial<typeof ingest>): Promise<void> => {
    await saveSetting({ ingest: part });
    setRound((before) => before + 1);
  };

  return (
    <div className="flex flex-col gap-4">
      <Panel title={t('Listener for detector scripts')}>
        <SettingRow
          label={t('Take alerts from scripts')}
          help={t(
            'A script of yours can post volume alerts here. They show with those of every backend, and nothing else can be done through it.',
          )}
        >
          <State status={status} enabled={ingest.enabled} />
          <Switch
            aria-label={t('Take alerts from scripts')}
            checked={ingest.enabled}
            onChange={(enabled) => void change({ enabled })}
          />
        </SettingRow>
        <SettingRow label={t('Port')} help={t('The part of the address after the colon.')}>
          <PortInput port={ingest.port} onChange={(port) => void change({ port })} />
        </SettingRow>
        <SettingRow label={t('Who may post')} help={t('Whoever posts needs the key as well.')}>
          <Segmented
            label={t('Who may post')}
            value={ingest.bind}
            onChange={(bind) => void change({ bind })}
            options={[
              { value: 'loopback', label: t('This computer') },
              { value: 'network', label: t('The network too') },
            ]}
          />
        </SettingRow>
        {ingest.bind === 'network' && (
          <p
            role="note"
            className="flex items-start gap-2 bg-warn-soft px-4 py-2.5 text-xs leading-relaxed text-warn"
          >
            <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
            {t(
              'Every machine that reaches this one can try. The key crosses the network unencrypted, so that somebody on the way can read it and post alerts that are not true. Use it only in a network that is yours.',
            )}
          </p>
        )}
        <SettingRow
          label={t('Key')}
          help={
            status.key.savedAtMs === null
              ? t('Without a key nothing is taken.')
              : t('Made {time}. It is kept encrypted and cannot be read back.', {
                  time: formatTime(status.key.savedAtMs, nowMs()),
                })
          }
        >
          <IngestKey
            present={status.key.present}
            onMade={(key) => {
              setShownKey(key);
              setRound((before) => before + 1);
            }}
          />
        </SettingRow>
        {shownKey !== null && (
          <div className="flex flex-wrap items-center gap-2 border-t border-line bg-accent-soft px-4 py-3">
            <p className="w-full text-xs text-ink">
              {t('This is the only time that the key is shown. Put it into your script now.')}
            </p>
            <code
              aria-label={t('New key')}
              className="selectable min-w-0 rounded-md border border-line bg-canvas px-2.5 py-1 font-mono text-xs break-all text-ink"
            >
              {shownKey}
            </code>
            <CopyButton text={shownKey} label={t('Copy the key')} />
            <Button size="sm" onClick={() => setShownKey(null)}>
              {t('I have it')}
            </Button>
          </div>
        )}
      </Panel>
      <IngestSnippet status={status} />
      <Panel title={t('Since the start')}>
        <dl className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-3 px-4 py-3">
          <Stat label={t('Alerts taken')}>{formatCount(status.received)}</Stat>
          <Stat label={t('Requests refused')}>{formatCount(status.refused)}</Stat>
          <Stat label={t('At most a minute')}>{formatCount(status.limits.perMinute)}</Stat>
          <Stat label={t('At most a request')}>
            {formatCount(Math.round(status.limits.bodyBytes / 1_024))} kB
          </Stat>
        </dl>
        {status.lastError !== null && (
          <p className="selectable border-t border-line px-4 py-2.5 text-xs text-warn">
            {formatTime(status.lastError.atMs, nowMs())}: {status.lastError.message}
          </p>
        )}
        <div className="border-t border-line px-4 py-2.5">
          <Button size="sm" onClick={() => openPlace('alerts', `volume:${INGEST_ID}`)}>
            {t('Show what scripts sent')}
          </Button>
        </div>
      </Panel>
    </div>
  );
}

function State({ status, enabled }: { status: IngestStatus; enabled: boolean }) {
  if (!enabled) return <Badge>{t('Off')}</Badge>;
  if (!status.listening) return <Badge tone="danger">{t('Does not listen')}</Badge>;
  return status.key.present ? (
    <Badge tone="ok">{t('Listening')}</Badge>
  ) : (
    <Badge tone="warn">{t('Needs a key')}</Badge>
  );
}

/** Saved when it is left or Enter is pressed, if it is a port. */
function PortInput({ port, onChange }: { port: number; onChange: (port: number) => void }) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? String(port);
  const read = readPort(shown);
  const save = () => {
    if (read !== null && read !== port) onChange(read);
    setText(null);
  };
  return (
    <span className="flex items-center gap-2">
      {read === null && <span className="text-xs text-danger">{t('From 1024 to 65535')}</span>}
      <Input
        aria-label={t('Port')}
        inputMode="numeric"
        className="figures w-24 text-right"
        value={shown}
        maxLength={5}
        aria-invalid={read === null || undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </span>
  );
}
