import { useState } from 'react';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { canBeHalted } from '#shared/domain/derive.ts';
import { t } from '#shared/words.ts';

import { useConnectedBackends, usePanic } from '../../stores/derived.ts';
import { useKind, useKinds, useKindsStore } from '../../stores/kinds.ts';
import { toast } from '../../stores/toasts.ts';
import { useUi } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ExchangeWay } from './exchange-way.tsx';
import { OpenExposure } from './open-exposure.tsx';
import { PanicKindWords } from './panic-kind-words.tsx';
import { PanicQuestion } from './panic-question.tsx';
import { RehearsalLine } from './rehearsal-line.tsx';
import { reachWords } from './panic-reach.ts';
import { usePanicReach } from './use-panic-reach.ts';

/** The second step of PANIC: what it does on each backend and what it leaves open (K9, K16). */
export function PanicDialog() {
  const origin = useUi((state) => state.panicOrigin);
  const { summary } = usePanic();
  const [withPractice, setWithPractice] = useState(false);
  const reach = usePanicReach();
  const targets = withPractice ? [...reach.halted, ...reach.leftOut] : reach.halted;
  const kinds = useKinds();
  const haltable = targets.filter(({ kind }) => canBeHalted(kinds?.get(kind)));
  const halted = haltable.length;
  const connected = useConnectedBackends();
  const away = haltable.filter(({ id }) => !connected.has(id)).length;

  return (
    <PanicQuestion
      isOn={summary.latched}
      againTitle={t('Panic is on. Send the halt again?')}
      withPractice={withPractice}
      width="lg"
      description={
        halted === 0
          ? t(
              'Nothing that can be halted is connected. The press is kept and sent to each backend as soon as it connects.',
            )
          : reachWords(halted, away)
      }
      onPressed={() => toast.dismiss('panic-trouble')}
      before={
        <div className="mb-3 flex flex-col gap-2">
          {reach.words !== null && <p className="text-xs text-muted">{reach.words}</p>}
          {reach.leftOut.length > 0 && (
            <label className="flex items-center gap-2 text-xs text-ink">
              <Checkbox checked={withPractice} onChange={setWithPractice} />
              {t('Halt the practice desk too')}
            </label>
          )}
          {!summary.latched && <RehearsalLine origin={origin} />}
        </div>
      }
    >
      <ul className="flex flex-col gap-2.5">
        {targets.map((backend) => (
          <PanicTargetWords key={backend.id} backend={backend} />
        ))}
      </ul>
    </PanicQuestion>
  );
}

function PanicTargetWords({ backend }: { backend: BackendConfig }) {
  const kind = useKind(backend.kind);
  const kindsTrouble = useKindsStore((state) => state.trouble);
  const connected = useConnectedBackends().has(backend.id);
  return (
    <li className="rounded-lg border border-line bg-canvas p-3">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <BackendTag backendId={backend.id} className="text-sm font-medium !text-ink" />
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <OpenExposure backendId={backend.id} />
          <ExchangeWay backendId={backend.id} offerToSet={false} />
        </span>
      </div>
      {!connected && canBeHalted(kind) && (
        <p className="mb-2 text-xs text-warn">
          {t('Not connected now. The halt is tried all the same, and sent again the moment it returns.')}
        </p>
      )}
      {kind === undefined ? (
        <p className="text-xs text-muted">{kindsTrouble ?? t('What panic does here is being read.')}</p>
      ) : (
        <PanicKindWords kind={kind} byHand />
      )}
    </li>
  );
}
