import { alertKindWords } from '#shared/domain/alerts/alert-words.ts';
import { t } from '#shared/words.ts';
import { BellOff, CheckCheck, Radar } from 'lucide-react';
import { useMemo, useState } from 'react';

import { acknowledge, asLeft, usePendingAcknowledgements } from '../../stores/acknowledge.ts';
import { useSlice } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { selectItem, useUi } from '../../stores/ui.ts';
import { useUnheard } from '../../stores/unheard.ts';
import { Button } from '../../ui/button.tsx';
import { NoBackend } from '../../ui/no-backend.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { formatCount } from '../../ui/format.ts';
import { AlertDetail } from './alert-detail.tsx';
import { AlertFilterBar } from './alert-filter-bar.tsx';
import { AlertTable } from './alert-table.tsx';
import { useAlertSelection } from './alert-selection.ts';
import { filterChoices, groupAlerts, matchesFilter, NO_FILTER } from './filter-alerts.ts';
import { missingSources } from './missing-sources.ts';

/** The live feed of alerts: what repeats in one row, newest first, and what nothing connected would ever tell. */
export function AlertFeed() {
  const alerts = useSlice('alerts');
  const pending = usePendingAcknowledgements();
  const [filter, setFilter] = useState(NO_FILTER);
  const itemId = useUi((state) => state.itemId);
  const selected = useAlertSelection((state) => state.keys);

  const groups = useMemo(() => {
    const left = [...asLeft(alerts, pending)];
    return groupAlerts(left.filter((alert) => matchesFilter(alert, filter)));
  }, [alerts, pending, filter]);
  const choices = useMemo(() => filterChoices(alerts.values()), [alerts]);
  const detail = groups.find(
    (group) => group.key === itemId || group.members.some((one) => `${one.backendId}/${one.id}` === itemId),
  );
  const openGroups = groups.filter((group) => group.openKeys.length > 0);
  const chosen = openGroups.filter((group) => selected.has(group.key));

  return (
    <div className="flex h-full min-h-0 flex-col pt-3">
      <AlertFilterBar
        filter={filter}
        onChange={setFilter}
        choices={choices}
        actions={
          <>
            {groups.length > 0 && (
              <span className="figures px-1 text-xs text-muted">
                {t('{count} open of {count2}', {
                  count: formatCount(openGroups.length),
                  count2: formatCount(groups.length),
                })}
              </span>
            )}
            {chosen.length > 0 && (
              <Button acts size="sm" onClick={() => acknowledge(chosen.flatMap((group) => group.openKeys))}>
                {t('Acknowledge {count} chosen', { count: chosen.length })}
              </Button>
            )}
            <Button
              acts
              size="sm"
              disabled={openGroups.length === 0}
              icon={<CheckCheck size={14} aria-hidden />}
              onClick={() => acknowledge(openGroups.flatMap((group) => group.openKeys))}
            >
              {t('Acknowledge all shown')}
            </Button>
          </>
        }
      />
      <MissingSources />
      <div className="flex min-h-0 flex-1 gap-3 px-5 pb-5 max-[1180px]:flex-col">
        <AlertTable
          groups={groups}
          selectedKey={detail?.key ?? null}
          onOpen={(group) => selectItem(group.key === detail?.key ? null : group.key)}
          empty={<NoAlerts filtered={alerts.size > 0} onClear={() => setFilter(NO_FILTER)} />}
        />
        {detail !== undefined && (
          <AlertDetail
            group={detail}
            onClose={() => selectItem(null)}
            onAcknowledge={() => acknowledge(detail.openKeys)}
          />
        )}
      </div>
    </div>
  );
}

/** Silence is only calm where somebody watches: names the kinds of alert that nothing connected sends. */
function MissingSources() {
  const backends = useSlice('backends');
  const alerts = useSlice('alerts');
  const kinds = useKinds();
  const missing = useMemo(
    () => (kinds === null ? null : missingSources(backends.values(), kinds, alerts.values())),
    [backends, alerts, kinds],
  );
  if (missing === null || missing.kinds.length === 0) return null;
  const names = missing.backends.map(({ name }) => name);
  return (
    <p
      role="note"
      className="mx-5 mb-3 flex items-start gap-2 rounded-md border border-line bg-raised px-3 py-2 text-xs leading-relaxed text-muted"
    >
      <Radar size={14} aria-hidden className="mt-0.5 shrink-0 text-warn" />
      <span>
        <strong className="font-medium text-ink">
          {t('No source for {list} alerts.', { list: listOf(missing.kinds.map(alertKindWords)) })}
        </strong>{' '}
        {t(
          '{list} {count, plural, one {does} other {do}} not send them, so none here does not mean that none happened.',
          { list: listOf(names), count: names.length },
        )}
      </span>
    </p>
  );
}

function NoAlerts({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const backends = useSlice('backends');
  const unheard = useUnheard();
  if (filtered) {
    return (
      <EmptyState
        title={t('No alert matches')}
        action={<Button onClick={onClear}>{t('Show all alerts')}</Button>}
      >
        {t('Nothing that came in fits what you are looking for.')}
      </EmptyState>
    );
  }
  if (backends.size === 0) {
    return (
      <NoBackend icon={<BellOff size={26} aria-hidden />}>
        {t('Alerts come from the bots that you connect.')}
      </NoBackend>
    );
  }
  return (
    <EmptyState icon={<BellOff size={26} aria-hidden />} title={t('No alerts yet')}>
      {unheard ?? t('What your bots report from now on shows here.')}
    </EmptyState>
  );
}

const listOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
