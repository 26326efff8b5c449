import { useState } from 'react';

import type {
  BackendConfig,
  BackendKindDescriptor,
  ReadDescriptor,
} from '#shared/domain/backends/backend.ts';

import { TRADER_READS } from '#shared/domain/bots/copy-trading.ts';
import { t } from '#shared/words.ts';

import { useRequest } from '../../stores/use-request.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { ResultView } from '../bot-room/result-view.tsx';

interface TraderReadProps {
  backend: BackendConfig;
  read: ReadDescriptor;
  traderId: string;
}

/** What a backend answers about one trader. It is asked when it is opened: the backend counts every question. */
export function TraderRead({ backend, read, traderId }: TraderReadProps) {
  const param = read.concerns?.param ?? 'traderId';
  const choices = read.params.filter(({ name, type }) => name !== param && type === 'choice');
  const [chosen, setChosen] = useState<Record<string, string>>(() =>
    Object.fromEntries(choices.map(({ name, defaultValue }) => [name, defaultValue ?? ''])),
  );
  const { value, trouble, loading, reload } = useRequest('backends.read', {
    backendId: backend.id,
    read: read.id,
    params: { ...chosen, [param]: traderId },
  });
  return (
    <div className="flex flex-col gap-3 p-3.5">
      <div className="flex flex-wrap items-center gap-2">
        {read.caution !== undefined && <p className="text-xs text-warn">{read.caution}</p>}
        <span className="ml-auto flex items-center gap-2">
          {choices.map(({ name, label, choices: options = [] }) => (
            <Segmented
              key={name}
              label={label}
              value={chosen[name] ?? ''}
              onChange={(next) => setChosen({ ...chosen, [name]: next })}
              options={options}
            />
          ))}
          <Button size="sm" variant="ghost" busy={loading} onClick={reload}>
            {t('Ask again')}
          </Button>
        </span>
      </div>
      {trouble !== null && (
        <ErrorState
          title={t('{name} did not answer this', { name: backend.name })}
          message={trouble}
          onRetry={reload}
          className="!py-4"
        />
      )}
      {value === null ? (
        trouble === null && <SkeletonRows count={3} />
      ) : (
        <ResultView
          view={read.view}
          label={read.label}
          name={read.id}
          value={value}
          figures={read.figures}
          backendId={backend.id}
          offersOf={noOffers}
          onOffer={ignore}
        />
      )}
    </div>
  );
}

const noOffers = (): [] => [];
const ignore = (): void => undefined;

/** What can be asked about a trader; what they hold first. */
export const traderReads = (kind: BackendKindDescriptor): ReadDescriptor[] =>
  kind.reads
    .filter(({ concerns, free }) => concerns?.thing === 'trader' && free)
    .sort((a, b) => Number(b.id === TRADER_READS.positions) - Number(a.id === TRADER_READS.positions));
