import { Bot } from 'lucide-react';
import { useCallback, useState } from 'react';

import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import { t } from '#shared/words.ts';

import { useEntry, useSliceValues } from '../../stores/desk.ts';
import { useKinds, useKindsStore } from '../../stores/kinds.ts';
import { selectItem, useUi } from '../../stores/ui.ts';
import { byActor } from '../../ui/actor-name.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Select } from '../../ui/controls.tsx';
import type { FieldTexts } from '../../ui/field-values.ts';
import { PlaceHeader } from '../../ui/panel.tsx';
import { NoBackend } from '../../ui/no-backend.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { Ability, Offer } from './abilities.ts';
import { abilitiesOf, abilityKey } from './abilities.ts';
import { AbilityList } from './ability-list.tsx';
import { ActPanel } from './act-panel.tsx';
import { BackendOverview } from './backend-overview.tsx';
import { ReadPanel } from './read-panel.tsx';

/** Everything that a backend offers. The item is a backend's id, or `BACKEND/read:ID` or `BACKEND/act:ID`. */
export function BotRoomPlace() {
  const backends = useSliceValues('backends');
  const kinds = useKinds();
  const trouble = useKindsStore((state) => state.trouble);
  const itemId = useUi((state) => state.itemId);
  const enabled = backends.filter((backend) => backend.enabled && backend.id !== INGEST_ID);
  const backend = enabled.find(({ id }) => id === itemId?.split('/', 1)[0]) ?? enabled[0];
  const kind = backend === undefined ? undefined : kinds?.get(backend.kind);

  if (backend === undefined) return <NothingConnected />;
  if (kinds === null) {
    return trouble === null ? (
      <SkeletonRows className="p-5" />
    ) : (
      <ErrorState
        title={t('What the backends can do could not be read')}
        message={trouble}
        className="h-full"
      />
    );
  }
  if (kind === undefined) {
    return (
      <EmptyState
        className="h-full"
        title={t('Quarterdeck does not know what a “{kind}” can do', { kind: backend.kind })}
      />
    );
  }
  const openKey = itemId?.startsWith(`${backend.id}/`) === true ? itemId.slice(backend.id.length + 1) : null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader
        title={t('Bot room')}
        note={<HaltNote backendId={backend.id} />}
        actions={
          <>
            {backend.practice && <PracticeMark />}
            {enabled.length > 1 ? (
              <Select
                aria-label={t('Backend')}
                size="sm"
                value={backend.id}
                onChange={selectItem}
                options={enabled.map(({ id, name }) => ({ value: id, label: name }))}
              />
            ) : (
              <span className="text-sm text-muted">{backend.name}</span>
            )}
          </>
        }
      />
      <Room key={backend.id} backend={backend} kind={kind} openKey={openKey} />
    </div>
  );
}

interface RoomProps {
  backend: BackendConfig;
  kind: BackendKindDescriptor;
  openKey: string | null;
}

function Room({ backend, kind, openKey }: RoomProps) {
  // What a row of another answer said about the parameters of what it opened.
  const [brought, setBrought] = useState<{ key: string; known: FieldTexts } | null>(null);
  const ability = abilitiesOf(kind).find((one) => abilityKey(one) === openKey) ?? null;
  const known = brought !== null && brought.key === openKey ? brought.known : undefined;
  const open = useCallback(
    (next: Ability | null) => {
      setBrought(null);
      selectItem(next === null ? backend.id : `${backend.id}/${abilityKey(next)}`);
    },
    [backend.id],
  );
  const openOffer = useCallback(
    ({ ability: next, known: texts }: Offer) => {
      setBrought({ key: abilityKey(next), known: texts });
      selectItem(`${backend.id}/${abilityKey(next)}`);
    },
    [backend.id],
  );
  return (
    <div className="flex min-h-0 flex-1 gap-3 px-5 pb-5">
      <AbilityList kind={kind} openKey={ability === null ? null : openKey} onOpen={open} />
      <section className="min-h-0 min-w-0 flex-1 overflow-y-auto rounded-lg border border-line bg-surface">
        <header className="border-b border-line px-5 py-3.5">
          <h2 className="text-base font-semibold text-ink">{ability?.descriptor.label ?? backend.name}</h2>
          <p className="mt-0.5 text-xs leading-relaxed text-muted">
            {ability?.descriptor.help ?? kind.summary}
          </p>
        </header>
        <div className="p-5" key={openKey}>
          {ability === null && <BackendOverview backend={backend} kind={kind} />}
          {ability?.kind === 'read' && (
            <ReadPanel
              backend={backend}
              kind={kind}
              read={ability.descriptor}
              {...(known === undefined ? {} : { known })}
              onOffer={openOffer}
            />
          )}
          {ability?.kind === 'act' && (
            <ActPanel
              backend={backend}
              act={ability.descriptor}
              origin="window"
              {...(known === undefined ? {} : { known })}
            />
          )}
        </div>
      </section>
    </div>
  );
}

function HaltNote({ backendId }: { backendId: string }) {
  const halt = useEntry('killSwitches', backendId);
  return halt?.enabled === true ? (
    <Badge tone="danger">{t('Halted{what}', { what: byActor(halt.setBy) })}</Badge>
  ) : null;
}

function NothingConnected() {
  return (
    <div className="flex h-full flex-col">
      <PlaceHeader title={t('Bot room')} />
      <NoBackend className="flex-1" icon={<Bot size={28} aria-hidden />}>
        {t('Reports, simulations, rules, keys and commands of your bots are here once one is connected.')}
      </NoBackend>
    </div>
  );
}
