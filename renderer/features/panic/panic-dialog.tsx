import { Check, Minus, OctagonX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';

import type { BackendConfig } from '#shared/domain/backend.ts';
import { canBeHalted } from '#shared/domain/derive.ts';

import { describeError, request } from '../../bridge.ts';
import { usePanic, usePracticeOnly } from '../../stores/derived.ts';
import { useSliceValues } from '../../stores/desk.ts';
import { useKind, useKinds, useKindsStore } from '../../stores/kinds.ts';
import { setPanicOpen, useUi } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { OpenExposure } from './open-exposure.tsx';

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
  const targets = usePanicTargets();
  const kinds = useKinds();
  const halted = targets.filter(({ kind }) => canBeHalted(kinds?.get(kind))).length;

  function press(): void {
    // Nothing stands between the gesture and the request (K2).
    request('panic.press', { origin }).then(
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
      width="md"
      title={summary.latched ? 'Panic is on. Send the halt again?' : 'Halt every bot now?'}
      description={
        halted === 0
          ? 'Nothing that can be halted is connected. The press is kept and sent to each backend as soon as it connects.'
          : `This reaches ${halted === 1 ? 'one backend' : `${halted} backends at once`} and stays on until you resume by hand.`
      }
      initialFocus={words}
      footer={
        <>
          <span className="mr-auto flex items-center gap-1.5 text-xs text-faint">
            <Kbd keys="Enter" /> halts, <Kbd keys="Esc" /> leaves everything as it is
          </span>
          <Button onClick={() => setPanicOpen(false)}>Cancel</Button>
          <Button
            variant="danger"
            icon={<OctagonX size={15} aria-hidden />}
            onClick={press}
            className="font-bold"
          >
            {summary.latched ? 'Halt again' : 'Halt now'}
          </Button>
        </>
      }
    >
      {trouble !== null && <ErrorState title="The halt was not sent" message={trouble} className="!py-4" />}
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
  return (
    <li className="rounded-lg border border-line bg-canvas p-3">
      <div className="mb-2 flex items-center justify-between gap-3">
        <BackendTag backendId={backend.id} className="text-sm font-medium !text-ink" />
        <OpenExposure backendId={backend.id} />
      </div>
      {kind === undefined ? (
        <p className="text-xs text-muted">{kindsTrouble ?? 'What panic does here is being read.'}</p>
      ) : (
        <div className="grid gap-x-5 gap-y-2 text-xs leading-snug sm:grid-cols-2">
          <WordList
            title="Does"
            items={kind.panic.does}
            sign={<Check size={12} aria-hidden className="text-ok" />}
          />
          <WordList
            title="Does not"
            items={kind.panic.doesNot}
            sign={<Minus size={12} aria-hidden className="text-warn" />}
          />
          {!kind.panic.supported && (
            <p className="text-warn sm:col-span-2">This backend cannot be halted from here.</p>
          )}
          <p className="text-faint sm:col-span-2">If it cannot be reached: {kind.panic.byHand}</p>
        </div>
      )}
    </li>
  );
}

function WordList({
  title,
  items,
  sign,
}: {
  title: string;
  items: readonly string[];
  sign: React.ReactNode;
}) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className="label mb-1">{title}</p>
      <ul className="flex flex-col gap-1 text-muted">
        {items.map((item) => (
          <li key={item} className="flex gap-1.5">
            <span className="mt-0.5 shrink-0">{sign}</span>
            {item}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The backends that a press reaches: practice ones only when nothing real is connected (K16). */
function usePanicTargets(): readonly BackendConfig[] {
  const backends = useSliceValues('backends');
  const practiceOnly = usePracticeOnly();
  return backends.filter(
    ({ enabled, watchesOnly, practice }) => enabled && watchesOnly !== true && (practiceOnly || !practice),
  );
}

/** The hotkey pressed again while the dialog is open is the second press. */
function useSecondPress(open: boolean, press: () => void): void {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    if (!open) return;
    function onKeyDown(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.key.toLowerCase() !== 'p') return;
      if (event.repeat) return;
      event.preventDefault();
      latest.current();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [open]);
}
