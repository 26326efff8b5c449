import { useMemo, useState } from 'react';

import type { Activity } from '#shared/domain/bots/activity.ts';
import type { Model } from '#shared/domain/bots/model.ts';
import { t } from '#shared/words.ts';

import { isPlayback } from '../../stores/own-place.ts';
import { Badge, SeverityBadge } from '../../ui/badge.tsx';
import type { Tone } from '../../ui/badge.tsx';
import { Select } from '../../ui/controls.tsx';
import { formatCount } from '../../ui/format.ts';
import { humanise } from '../../ui/humanise.ts';
import { memberName } from '../../ui/member-name.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { When } from '../../ui/when.tsx';
import { ExportMenu } from './export-menu.tsx';
import { isActive } from './model-words.ts';
import { RUN_FACT, saidAtMs } from './run-timeline.ts';
import { useModelEvents } from './use-model.ts';

/** What the model said and did, newest first, by kind. */
export function ModelActivity({ model, className }: { model: Model; className: string }) {
  const events = useModelEvents(model);
  const [kind, setKind] = useState('');
  const kinds = useMemo(() => [...new Set(events.map((event) => event.kind))].sort(), [events]);
  const wanted = kinds.includes(kind) ? kind : '';
  const shown = useMemo(
    () => (wanted === '' ? events : events.filter((event) => event.kind === wanted)),
    [events, wanted],
  );
  return (
    <Panel
      className={className}
      title={
        <>
          {t('Activity')}{' '}
          <span className="figures text-xs font-normal text-faint">{formatCount(events.length)}</span>
        </>
      }
      actions={
        <>
          <Select
            size="sm"
            aria-label={t('Kind of event')}
            value={wanted}
            onChange={setKind}
            options={[
              { value: '', label: t('All kinds') },
              ...kinds.map((value) => ({ value, label: humanise(value) })),
            ]}
          />
          <ExportMenu model={model} events={events} />
        </>
      }
      bodyClassName="flex flex-col"
    >
      <VirtualList
        label={t('What {name} said', { name: model.name })}
        items={shown}
        itemKey={({ id }) => id}
        estimateHeight={52}
        className="flex-1 basis-0"
        renderItem={(event) => <EventRow event={event} />}
        empty={
          <EmptyState title={isPlayback ? t('Nothing heard until then') : t('Nothing heard yet')}>
            {isPlayback
              ? undefined
              : isActive(model)
                ? t('It shows as the model says it. What it said before this desk listened is not repeated.')
                : t('Start it, and what it thinks and does shows here as it happens.')}
          </EmptyState>
        }
      />
    </Panel>
  );
}

const KIND_TONES: Readonly<Record<string, Tone>> = {
  trade: 'accent',
  error: 'danger',
  complete: 'ok',
  session_complete: 'ok',
};

function EventRow({ event }: { event: Activity }) {
  const facts = event.facts
    .filter(({ name }) => name !== RUN_FACT)
    .map(({ name, value }) => `${memberName(name)} ${value}`)
    .join(' · ');
  const terminal = event.kind === 'terminal';
  return (
    <article className="border-b border-line/60 px-3.5 py-2">
      <header className="flex items-center gap-2">
        <Badge tone={KIND_TONES[event.kind] ?? 'neutral'}>{humanise(event.kind)}</Badge>
        {event.symbol !== null && <span className="text-xs font-medium text-ink">{event.symbol}</span>}
        {(event.severity === 'high' || event.severity === 'critical') && (
          <SeverityBadge severity={event.severity} />
        )}
        <span
          className="ml-auto"
          title={
            event.serverTime === null
              ? undefined
              : t('{serverTime} by the server, without a zone', { serverTime: event.serverTime })
          }
        >
          <When atMs={saidAtMs(event)} />
        </span>
      </header>
      <p
        className={
          terminal
            ? 'selectable mt-1 font-mono text-2xs leading-relaxed break-words whitespace-pre-wrap text-muted'
            : 'selectable mt-1 text-xs leading-relaxed break-words whitespace-pre-wrap text-ink'
        }
      >
        {event.message}
      </p>
      {facts !== '' && <p className="selectable mt-0.5 text-2xs break-words text-faint">{facts}</p>}
    </article>
  );
}
