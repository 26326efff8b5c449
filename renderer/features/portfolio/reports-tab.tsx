import { useMemo, useState } from 'react';

import type {
  BackendConfig,
  BackendKindDescriptor,
  ReadDescriptor,
} from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { useKinds } from '../../stores/kinds.ts';
import { openPlace } from '../../stores/ui.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/controls.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { abilityKey } from '../bot-room/abilities.ts';
import { ReadPanel } from '../bot-room/read-panel.tsx';
import type { Scope } from './scope.ts';
import { useScopes } from './scope.ts';

/** Groups of reads that are about what is held and traded, as kinds of backend name them. */
const MONEY_GROUPS = /^(trades?|trading|portfolio|profits?)$/i;

interface Report {
  id: string;
  backend: BackendConfig;
  kind: BackendKindDescriptor;
  read: ReadDescriptor;
}

/** What the backends themselves say about executions, profits and balances. */
export function ReportsTab({ scope }: { scope: Scope }) {
  const backends = useScopes()[scope];
  const kinds = useKinds();
  const [chosenId, setChosenId] = useState('');
  const reports = useMemo(
    () =>
      backends.flatMap((backend): Report[] => {
        const kind = kinds?.get(backend.kind);
        if (kind === undefined) return [];
        return kind.reads
          .filter(({ group }) => MONEY_GROUPS.test(group))
          .sort((a, b) => Number(/portfolio/i.test(a.group)) - Number(/portfolio/i.test(b.group)))
          .map((read) => ({ id: `${backend.id}/${read.id}`, backend, kind, read }));
      }),
    [backends, kinds],
  );
  const report = reports.find(({ id }) => id === chosenId) ?? reports[0];
  if (kinds === null) return <SkeletonRows />;
  if (report === undefined)
    return <EmptyState title={t('No connected backend has reports about its trades')} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line px-3.5 py-2">
        <Select
          size="sm"
          aria-label={t('Report')}
          className="min-w-52"
          value={report.id}
          onChange={setChosenId}
          options={reports.map(({ id, backend, read }) => ({
            value: id,
            label: backends.length > 1 ? `${read.label}, ${backend.name}` : read.label,
          }))}
        />
        {report.backend.practice && <PracticeMark />}
        <span className="min-w-0 truncate text-xs text-muted">{report.read.help}</span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <ReadPanel
          key={report.id}
          backend={report.backend}
          kind={report.kind}
          read={report.read}
          onOffer={({ ability }) => openPlace('bot-room', `${report.backend.id}/${abilityKey(ability)}`)}
        />
        <Button
          size="sm"
          variant="ghost"
          className="mt-4"
          onClick={() => openPlace('bot-room', `${report.backend.id}/read:${report.read.id}`)}
        >
          {t('Open in the bot room')}
        </Button>
      </div>
    </div>
  );
}
