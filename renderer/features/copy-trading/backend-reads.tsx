import { useState } from 'react';

import type {
  BackendConfig,
  BackendKindDescriptor,
  ReadDescriptor,
} from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { useSliceValues } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { openPlace } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { ReadPanel } from '../bot-room/read-panel.tsx';

/** What each backend that has it answers to one read; where several have it, one is chosen. */
export function BackendReads({ read: readId }: { read: string }) {
  const backends = useSliceValues('backends');
  const kinds = useKinds();
  const [chosen, setChosen] = useState<string | null>(null);
  const offers = backends.flatMap((backend): Offering[] => {
    const kind = kinds?.get(backend.kind);
    const read = kind?.reads.find(({ id }) => id === readId);
    return backend.enabled && kind !== undefined && read !== undefined ? [{ backend, kind, read }] : [];
  });
  const offer = offers.find(({ backend }) => backend.id === chosen) ?? offers[0];
  if (offer === undefined) return <EmptyState title={t('No connected backend tells this')} />;
  const { backend, kind, read } = offer;
  return (
    <div className="flex flex-col gap-3 p-3.5">
      <div className="flex items-center gap-2">
        <p className="min-w-0 truncate text-xs text-muted">{read.help}</p>
        <span className="ml-auto flex items-center gap-2">
          {offers.length > 1 ? (
            <Segmented
              label={t('Backend')}
              value={backend.id}
              onChange={setChosen}
              options={offers.map((one) => ({ value: one.backend.id, label: one.backend.name }))}
            />
          ) : (
            <BackendTag backendId={backend.id} />
          )}
        </span>
      </div>
      <ReadPanel
        key={backend.id}
        backend={backend}
        kind={kind}
        read={read}
        onOffer={() => openPlace('bot-room', backend.id)}
      />
    </div>
  );
}

interface Offering {
  backend: BackendConfig;
  kind: BackendKindDescriptor;
  read: ReadDescriptor;
}
