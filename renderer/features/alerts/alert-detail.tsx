import { Check, X } from 'lucide-react';

import { alertKindWords } from '#shared/domain/alerts/alert-words.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge, SeverityBadge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatCount, formatDateTime, formatTime } from '../../ui/format.ts';
import { memberName } from '../../ui/member-name.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import type { AlertGroup } from './filter-alerts.ts';
import { Quieten } from './quieten.tsx';
import { alertTime } from './filter-alerts.ts';

interface AlertDetailProps {
  group: AlertGroup;
  onClose: () => void;
  onAcknowledge: () => void;
}

const SHOWN_MEMBERS = 30;

/** Everything that is known about an alert and its repetitions. Its text is the backend's, shown as text. */
export function AlertDetail({ group, onClose, onAcknowledge }: AlertDetailProps) {
  const { latest, members, openKeys } = group;
  const now = useNow(60_000);
  return (
    <aside
      aria-label={t('Alert in detail')}
      className="flex max-h-full w-88 shrink-0 flex-col rounded-lg border border-line bg-surface max-[1180px]:max-h-[45%] max-[1180px]:w-full"
    >
      <header className="flex items-center gap-2 border-b border-line px-4 py-2.5">
        <SeverityBadge severity={latest.severity} />
        <Badge>{alertKindWords(latest.kind)}</Badge>
        {latest.instrument !== null && <Badge tone="accent">{latest.instrument}</Badge>}
        <IconButton
          size="sm"
          label={t('Close')}
          icon={<X size={14} aria-hidden />}
          className="-mr-1.5 ml-auto"
          onClick={onClose}
        />
      </header>
      <ScrollArea label={t('The alert')} className="selectable min-h-0 flex-1 px-4 py-3">
        <p className="text-sm leading-relaxed break-words whitespace-pre-line text-ink">{latest.message}</p>
        <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-xs">
          <Row name={t('Backend')}>
            <BackendTag backendId={latest.backendId} />
          </Row>
          <Row name={t('Happened')}>{formatDateTime(alertTime(latest))}</Row>
          <Row name={t('Received')}>{formatDateTime(latest.receivedAtMs)}</Row>
          {latest.rawSeverity !== latest.severity && (
            <Row name={t('Severity there')}>{latest.rawSeverity}</Row>
          )}
          {group.count > 1 && (
            <Row name={t('Said')}>
              {t('{count} times since {time}', {
                count: formatCount(group.count),
                time: formatTime(group.firstAtMs, now),
              })}
            </Row>
          )}
          {latest.acknowledgedAtMs !== null && openKeys.length === 0 && (
            <Row name={t('Acknowledged')}>{t('yes')}</Row>
          )}
        </dl>
        {latest.facts.length > 0 && (
          <>
            <h2 className="label mt-5 mb-1.5">{t('Facts')}</h2>
            <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5 text-xs">
              {latest.facts.map(({ name, value }, index) => (
                <Row key={index} name={memberName(name)}>
                  {value}
                </Row>
              ))}
            </dl>
          </>
        )}
        {members.length > 1 && (
          <>
            <h2 className="label mt-5 mb-1.5">{t('Each time')}</h2>
            <ol className="figures flex flex-col gap-1 text-xs text-muted">
              {members.slice(0, SHOWN_MEMBERS).map((member) => (
                <li key={member.id} className="flex justify-between gap-3">
                  <span className="truncate" title={member.message}>
                    {member.message}
                  </span>
                  <span className="shrink-0">{formatTime(alertTime(member), now)}</span>
                </li>
              ))}
            </ol>
            {members.length > SHOWN_MEMBERS && (
              <p className="mt-1 text-xs text-faint">
                {t('and {count} more in the journal', { count: formatCount(members.length - SHOWN_MEMBERS) })}
              </p>
            )}
          </>
        )}
      </ScrollArea>
      <footer
        data-keep-clear
        className="flex flex-col gap-1.5 border-t border-line px-4 py-2.5 max-[1180px]:flex-row max-[1180px]:[&>button]:flex-1"
      >
        {openKeys.length > 0 && (
          <Button acts className="w-full" icon={<Check size={14} aria-hidden />} onClick={onAcknowledge}>
            {t('Acknowledge{what}', {
              what: openKeys.length > 1 ? ` ${t('all {count}', { count: openKeys.length })}` : '',
            })}
          </Button>
        )}
        <Quieten key={group.key} alert={latest} />
      </footer>
    </aside>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="break-words text-faint">{name}</dt>
      <dd className="figures min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}
