import { X } from 'lucide-react';
import { useState } from 'react';

import { entryKey } from '#shared/domain/desk.ts';
import type { WatchList } from '#shared/domain/alerts/volume.ts';
import { VOLUME_ACTS } from '#shared/domain/alerts/volume.ts';
import { t } from '#shared/words.ts';

import { useSliceValues } from '../../stores/desk.ts';
import { useBackend } from '../../stores/kinds.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { actsOn, fixedFor } from '../models/model-acts.ts';
import type { AskedAct } from './asked-act.tsx';
import { AskedActDialog } from './asked-act.tsx';
import { CreateButtons } from './create-buttons.tsx';
import { ThingMenu } from './thing-menu.tsx';

/** The lists of symbols that the person keeps on backends, with what their tier leaves them. */
export function WatchListsPanel() {
  const lists = useSliceValues('watchLists');
  const [asked, setAsked] = useState<AskedAct | null>(null);
  return (
    <section aria-label={t('Watch lists')} className="shrink-0 border-b border-line">
      <header className="flex flex-wrap items-center gap-2 px-5 py-2">
        <h2 className="text-sm font-semibold text-ink">{t('Watch lists')}</h2>
        <span className="ml-auto flex gap-2">
          <CreateButtons act={VOLUME_ACTS.createWatchList} onAsk={setAsked} />
        </span>
      </header>
      {lists.length === 0 ? (
        <EmptyState title={t('No watch list')} className="!py-6">
          {t(
            'They are kept by the account on the backend. Signing in needs its e-mail and password in Settings.',
          )}
        </EmptyState>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(19rem,1fr))] gap-3 px-5 pb-3.5">
          {lists.map((list) => (
            <WatchListCard key={entryKey(list.backendId, list.id)} list={list} onAsk={setAsked} />
          ))}
        </ul>
      )}
      <AskedActDialog asked={asked} onClose={() => setAsked(null)} />
    </section>
  );
}

function WatchListCard({ list, onAsk }: { list: WatchList; onAsk: (asked: AskedAct) => void }) {
  const { kind } = useBackend(list.backendId);
  const acts = actsOn(kind, 'watch-list');
  const removal = acts.find(({ id }) => id === VOLUME_ACTS.removeSymbol);
  const ask = (act: AskedAct['act'], about: string, symbol: string | null): void =>
    onAsk({
      backendId: list.backendId,
      act,
      about,
      fixed: { ...fixedFor(act, list.id), ...(symbol === null ? {} : { symbol }) },
      known: { name: list.name },
    });
  return (
    <li className="rounded-md border border-line bg-raised p-3">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 truncate text-sm font-medium text-ink">{list.name}</h3>
        <BackendTag backendId={list.backendId} className="ml-auto" />
        <ThingMenu
          about={list.name}
          acts={acts.filter((act) => act !== removal)}
          onChoose={(act) => ask(act, list.name, null)}
        />
      </div>
      {list.symbols.length === 0 ? (
        <p className="mt-2 text-xs text-faint">{t('No symbol is on it yet.')}</p>
      ) : (
        <ul className="mt-2 flex flex-wrap gap-1.5">
          {list.symbols.map(({ id, symbol }) => (
            <li
              key={id}
              className="inline-flex h-6 items-center gap-1 rounded-sm bg-soft pl-2 text-xs text-ink [&:not(:has(button))]:pr-2"
            >
              {symbol}
              {removal !== undefined && (
                <button
                  type="button"
                  aria-label={t('Remove {symbol} from {name}', { symbol, name: list.name })}
                  onClick={() => ask(removal, `${symbol} from ${list.name}`, symbol)}
                  className="flex size-6 items-center justify-center rounded-sm text-faint hover:text-danger"
                >
                  <X size={12} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {list.limits !== null && <p className="mt-2 text-2xs text-faint">{list.limits}</p>}
    </li>
  );
}
