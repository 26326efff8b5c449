import { OctagonX, ShieldAlert, TriangleAlert } from 'lucide-react';

import type { PanicTarget } from '#shared/domain/kill-switch.ts';

import { usePanic } from '../../stores/derived.ts';
import { useEntry, useSliceValues } from '../../stores/desk.ts';
import { useBackend } from '../../stores/kinds.ts';
import { setPanicOpen, setResumeOpen } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { OpenExposure } from './open-exposure.tsx';
import { panicHeadline, targetWords } from './panic-words.ts';

/** Under the bar while the desk's panic is latched, or while a backend is halted by someone else. */
export function PanicBanner() {
  const { state, summary } = usePanic();
  if (state === undefined || state.kind === 'clear') return <HaltedElsewhere />;
  return (
    <section
      role="alert"
      aria-label="Panic"
      // The ages and values in it move every second; only the headline is read out when it changes.
      aria-live="off"
      className={cx(
        'shrink-0 border-b-2 border-danger-fill bg-danger-soft',
        !summary.allConfirmed && 'border-b-4',
      )}
    >
      <div className="flex items-center gap-3 px-4 pt-2.5 pb-2">
        <OctagonX size={20} strokeWidth={2.25} aria-hidden className="shrink-0 text-danger" />
        <div className="min-w-0">
          <p aria-live="assertive" className="text-base font-bold text-danger">
            PANIC is on. {panicHeadline(summary)}
          </p>
          <p className="text-xs text-ink/80">
            On for <Age atMs={state.sinceMs} className="!text-current" />, pressed{' '}
            {state.presses === 1 ? 'once' : `${state.presses} times`} from the {state.origin}.{' '}
            {summary.reasserted > 0 &&
              `Backends lifted it by themselves ${summary.reasserted === 1 ? 'once' : `${summary.reasserted} times`} and were halted again. `}
            Nothing that adds risk is sent until you resume.
          </p>
        </div>
        <div className="ml-auto flex shrink-0 items-center gap-2">
          <Button size="sm" variant="danger-quiet" onClick={() => setPanicOpen(true)}>
            Halt again
          </Button>
          <Button size="sm" onClick={() => setResumeOpen(true)}>
            Resume…
          </Button>
        </div>
      </div>
      {!state.durable && (
        <p className="flex items-center gap-1.5 px-4 pb-2 text-xs font-semibold text-danger">
          <TriangleAlert size={13} aria-hidden /> NOT DURABLE: the halt was sent but could not be written to
          disk. After a restart it may be forgotten here.
        </p>
      )}
      <ul className="flex max-h-40 flex-col overflow-y-auto border-t border-danger/20">
        {state.targets.map((target) => (
          <TargetRow key={target.backendId} target={target} />
        ))}
      </ul>
    </section>
  );
}

function TargetRow({ target }: { target: PanicTarget }) {
  const { word, tone } = targetWords[target.state];
  const { kind } = useBackend(target.backendId);
  const unsettled = target.state !== 'confirmed';
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-1 text-xs">
      <BackendTag backendId={target.backendId} className="w-48 !text-ink" />
      <Badge tone={tone} className="w-40 justify-center border border-current/40 font-semibold">
        {word}
      </Badge>
      <span
        title={target.detail}
        className={cx(
          'selectable min-w-0 text-ink/80',
          // What to do by hand is never cut short.
          unsettled ? 'order-last basis-full' : 'flex-1 truncate',
        )}
      >
        {target.detail}
        {unsettled && target.state !== 'requested' && kind !== undefined && ` ${kind.panic.byHand}`}
      </span>
      {unsettled && <span className="flex-1" />}
      {target.reasserted > 0 && <span className="text-warn">halted again {target.reasserted}×</span>}
      <OpenExposure backendId={target.backendId} />
    </li>
  );
}

/** A halt that this desk did not make: it shows, but it is not ours to fight over (K12, K14). */
function HaltedElsewhere() {
  const halted = useSliceValues('killSwitches').filter((killSwitch) => killSwitch.enabled === true);
  if (halted.length === 0) return null;
  return (
    <section aria-label="Halted backends" className="shrink-0 border-b border-danger/50 bg-danger-soft">
      {halted.map((killSwitch) => (
        <p key={killSwitch.backendId} className="flex min-h-9 items-center gap-2 px-4 py-1 text-xs text-ink">
          <ShieldAlert size={15} aria-hidden className="shrink-0 text-danger" />
          <BackendName backendId={killSwitch.backendId} />
          <span className="selectable min-w-0 truncate">
            is halted{killSwitch.setBy === null ? '' : ` by ${killSwitch.setBy}`}
            {killSwitch.reason === null ? '.' : `: ${killSwitch.reason}`}
          </span>
          {killSwitch.changedAtMs !== null && <Age atMs={killSwitch.changedAtMs} suffix=" ago" />}
          <span className="ml-auto shrink-0 text-muted">Not by this desk.</span>
        </p>
      ))}
    </section>
  );
}

function BackendName({ backendId }: { backendId: string }) {
  return <span className="font-semibold">{useEntry('backends', backendId)?.name ?? backendId}</span>;
}
