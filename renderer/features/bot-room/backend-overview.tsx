import { useMemo } from 'react';

import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useStaleBackends } from '../../stores/derived.ts';
import { useLinksReading } from '../../stores/desk-reading.ts';
import { useEntry, useSlice } from '../../stores/desk.ts';
import { openPlace } from '../../stores/ui.ts';
import { actorName } from '../../ui/actor-name.ts';
import { Age } from '../../ui/age.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatDateTime } from '../../ui/format.ts';
import { LightDot, lightOf } from '../../ui/link-light.tsx';
import { Stat } from '../../ui/panel.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';

interface OverviewProps {
  backend: BackendConfig;
  kind: BackendKindDescriptor;
}

/** How a backend stands: its kill switch and who set it, its links, what waits, and what PANIC does to it. */
export function BackendOverview({ backend, kind }: OverviewProps) {
  const approvals = useSlice('approvals');
  const alerts = useSlice('alerts');
  const trades = useSlice('trades');
  const counts = useMemo(() => {
    const own = <T extends { backendId: string }>(entries: Iterable<T>): T[] =>
      [...entries].filter(({ backendId }) => backendId === backend.id);
    return {
      pending: own(approvals.values()).filter(({ status }) => status === 'pending').length,
      openAlerts: own(alerts.values()).filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null).length,
      trades: own(trades.values()).length,
    };
  }, [approvals, alerts, trades, backend.id]);

  return (
    <div className="flex flex-col gap-5">
      <HaltState backendId={backend.id} />
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        <Stat label={t('Waiting for approval')}>{formatCount(counts.pending)}</Stat>
        <Stat label={t('Open alerts')}>{formatCount(counts.openAlerts)}</Stat>
        <Stat label={t('Trades known here')}>{formatCount(counts.trades)}</Stat>
        <Stat label={t('Reports')}>{formatCount(kind.reads.length)}</Stat>
        <Stat label={t('Commands')}>{formatCount(kind.acts.length)}</Stat>
      </dl>
      <section>
        <h3 className="label mb-1.5">{t('Links')}</h3>
        <Links backendId={backend.id} />
        <Button size="sm" className="mt-2" onClick={() => openPlace('settings', backend.id)}>
          {t('More about the connection')}
        </Button>
      </section>
      <section className="grid gap-x-8 gap-y-4 min-[1250px]:grid-cols-2">
        <Sentences title={t('What PANIC does here')} sentences={kind.panic.does} />
        <Sentences title={t('What it does not do')} sentences={kind.panic.doesNot} />
      </section>
      {kind.panic.byHand !== '' && (
        <Sentences
          title={kind.panic.supported ? t('If it cannot be reached') : t('By hand')}
          sentences={[kind.panic.byHand]}
        />
      )}
    </div>
  );
}

function HaltState({ backendId }: { backendId: string }) {
  const halt = useEntry('killSwitches', backendId);
  const enabled = halt?.enabled ?? null;
  const stale = useStaleBackends().has(backendId);
  return (
    <div
      className={`rounded-md border p-3.5 ${enabled === true ? 'border-danger/50 bg-danger-soft' : 'border-line bg-raised'}`}
    >
      <p className="flex flex-wrap items-center gap-2.5 text-sm font-medium text-ink">
        {t('Kill switch')}
        {enabled === null ? (
          <Badge tone="warn">{t('Not known')}</Badge>
        ) : stale ? (
          <Badge tone="warn">{enabled ? t('Was on') : t('Was off')}</Badge>
        ) : enabled ? (
          <Badge tone="danger">{t('On: halted')}</Badge>
        ) : (
          <Badge tone="ok">{t('Off')}</Badge>
        )}
        {halt !== undefined && (
          <span className={`text-xs font-normal ${stale ? 'text-warn' : 'text-faint'}`}>
            <Sentence
              text={t('read {age}', { age: slot('age') })}
              parts={{ age: <Age atMs={halt.readAtMs} as="ago" {...(stale ? { staleAfterMs: 0 } : {})} /> }}
            />
            {stale && t(', not live now')}
          </span>
        )}
      </p>
      {halt !== undefined && (
        <p className="selectable mt-1 text-xs leading-relaxed break-words text-muted">
          {halt.setBy === null || halt.setBy === ''
            ? t('Who set it is not said')
            : t('Set by {setBy}', { setBy: actorName(halt.setBy) })}
          {halt.changedAtMs !== null && `, ${formatDateTime(halt.changedAtMs)}`}
          {halt.reason !== null && halt.reason !== '' && t('. Reason: {reason}', { reason: halt.reason })}
        </p>
      )}
    </div>
  );
}

function Links({ backendId }: { backendId: string }) {
  const links = useLinksReading(SECOND_MS, (all, now) =>
    [...all.values()]
      .filter((link) => link.backendId === backendId)
      .map((link) => ({ ...lightOf(link, now), id: link.linkId, label: link.label })),
  );
  if (links.length === 0) return <p className="text-xs text-muted">{t('Not connected yet.')}</p>;
  return (
    <ul className="flex flex-col gap-1">
      {links.map(({ id, label, tone, words }) => (
        <li key={id} className="flex items-center gap-2 text-sm">
          <LightDot tone={tone} />
          <span className="font-medium text-ink">{label}</span>
          <span className="text-muted">{words}</span>
        </li>
      ))}
    </ul>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <h3 className="label mb-1">{title}</h3>
      <ul className="flex flex-col gap-1 text-sm leading-relaxed text-muted">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
