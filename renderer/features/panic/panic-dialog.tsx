import { OctagonX } from 'lucide-react';
import { useRef, useState } from 'react';
import { toast } from 'sonner';

import type { BackendConfig } from '#shared/domain/backend.ts';
import { canBeHalted } from '#shared/domain/derive.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { useConnectedBackends, usePanic } from '../../stores/derived.ts';
import { useKind, useKinds, useKindsStore } from '../../stores/kinds.ts';
import { setPanicOpen, useUi } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { ExchangeWay } from './exchange-way.tsx';
import { OpenExposure } from './open-exposure.tsx';
import { PanicKindWords } from './panic-kind-words.tsx';
import { RehearsalLine } from './rehearsal-line.tsx';
import { reachWords } from './panic-reach.ts';
import { usePanicReach } from './use-panic-reach.ts';
import { useSecondPress } from './use-second-press.ts';

/**
 * The second step of PANIC: what it does on each backend and what it leaves open (K9, K16), and the button. The focus is
 * on the dialog itself, where no stray space bar presses anything; Enter, or the hotkey again, is the second press (K10).
 */
export function PanicDialog() {
  const open = useUi((state) => state.panicOpen);
  const origin = useUi((state) => state.panicOrigin);
  const words = useRef<HTMLUListElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { summary } = usePanic();
  const [withPractice, setWithPractice] = useState(false);
  const reach = usePanicReach();
  const targets = withPractice ? [...reach.halted, ...reach.leftOut] : reach.halted;
  const kinds = useKinds();
  const haltable = targets.filter(({ kind }) => canBeHalted(kinds?.get(kind)));
  const halted = haltable.length;
  const connected = useConnectedBackends();
  const away = haltable.filter(({ id }) => !connected.has(id)).length;

  function press(): void {
    // Nothing stands between the gesture and the request (K2).
    request('panic.press', { origin, withPractice }).then(
      () => toast.dismiss('panic-trouble'),
      (error: unknown) => {
        setTrouble(describeError(error));
        setPanicOpen(true, origin);
      },
    );
    setTrouble(null);
    setPanicOpen(false);
  }
  useSecondPress(open, press);

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) setTrouble(null);
        setPanicOpen(next, origin);
      }}
      tone="danger"
      width="lg"
      title={summary.latched ? t('Panic is on. Send the halt again?') : t('Halt every bot now?')}
      description={
        halted === 0
          ? t(
              'Nothing that can be halted is connected. The press is kept and sent to each backend as soon as it connects.',
            )
          : reachWords(halted, away)
      }
      initialFocus={words}
      footer={
        <>
          <span className="mr-auto flex items-center gap-1.5 text-xs text-faint">
            <Kbd keys="Enter" /> {t('halts,')} <Kbd keys="Esc" /> {t('leaves everything as it is')}
          </span>
          <Button onClick={() => setPanicOpen(false)}>{t('Cancel')}</Button>
          <Button
            variant="danger"
            icon={<OctagonX size={15} aria-hidden />}
            onClick={press}
            className="font-bold"
          >
            {summary.latched ? t('Halt again') : t('Halt now')}
          </Button>
        </>
      }
    >
      {trouble !== null && (
        <ErrorState title={t('The halt was not sent')} message={trouble} className="!py-4" />
      )}
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
      <ul
        ref={words}
        tabIndex={-1}
        className="flex flex-col gap-2.5 outline-none"
        onKeyDown={(event) => {
          // Here alone, and not while it is held down: the key that opened the dialog is the first press only.
          if (event.key === 'Enter' && !event.repeat) press();
        }}
      >
        {targets.map((backend) => (
          <PanicTargetWords key={backend.id} backend={backend} />
        ))}
      </ul>
    </Dialog>
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
