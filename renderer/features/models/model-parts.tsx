import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Model } from '#shared/domain/bots/model.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { steadyAge, useTimely } from '../../stores/clock.ts';
import { useEntry } from '../../stores/desk.ts';
import { Badge } from '../../ui/badge.tsx';
import { cx } from '../../ui/cx.ts';
import { formatShare } from '../../ui/format.ts';
import { LightDot, lightOf } from '../../ui/link-light.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { isActive, modelStatusWords } from './model-words.ts';
import { useFiguresStale, useModelLink, useReadAtMs } from './use-model.ts';

/** Its state in a word, with how far its run has come where that is given. */
export function ModelStatusBadge({ status, pct = null }: Pick<Model, 'status'> & { pct?: number | null }) {
  const { word, tone } = modelStatusWords[status];
  return (
    <Badge tone={tone} className="figures">
      {pct === null ? word : `${word} · ${formatShare(pct, 0)}`}
    </Badge>
  );
}

/** The light of a model's own stream: whether what it does is being heard, and how fresh that is. */
export function ModelLight({ model }: { model: Model }) {
  const link = useModelLink(model);
  const { tone, words } = useTimely(SECOND_MS, (now) =>
    heard(model, link === undefined || isClosed(link) ? null : lightOf(link, now)),
  );
  return (
    <Tooltip content={words}>
      <span
        tabIndex={0}
        role="img"
        aria-label={words}
        className="flex size-4 items-center justify-center rounded-sm"
      >
        <LightDot tone={tone} />
      </span>
    </Tooltip>
  );
}

/** How old the newest data of its stream is; nothing while there is no stream. */
export function StreamAge({ model, className }: { model: Model; className?: string }) {
  const link = useModelLink(model);
  const words = useTimely(SECOND_MS, (now) => (link === undefined ? '' : streamWords(link, now)));
  if (link === undefined || isClosed(link)) return null;
  return (
    <span
      className={cx('figures text-xs', link.state.kind === 'live' ? 'text-faint' : 'text-warn', className)}
    >
      {words}
    </span>
  );
}

function streamWords(link: LinkStatus, now: number): string {
  if (link.state.kind !== 'live') return lightOf(link, now).words;
  return link.dataAtMs === null
    ? t('connected, nothing said yet')
    : t('heard {age} ago', { age: steadyAge(now - link.dataAtMs, now) });
}

/** That its figures are old, and how old; nothing while they are fresh. */
export function StaleNote({ model, className }: { model: Model; className?: string }) {
  const stale = useFiguresStale(model);
  const name = useEntry('backends', model.backendId)?.name ?? model.backendId;
  const readAtMs = useReadAtMs(model);
  const age = useTimely(SECOND_MS, (now) => steadyAge(now - (readAtMs ?? 0), now));
  if (!stale) return null;
  return (
    <p role="status" className={cx('figures text-xs text-warn', className)}>
      {t('{name} is not live. {what}', {
        name,
        what:
          readAtMs === null || readAtMs === 0
            ? t('Its figures have not been read.')
            : t('Its figures were read {age} ago.', { age }),
      })}
    </p>
  );
}

/** A stream of a model that does not run is closed on purpose, which is no trouble. */
const isClosed = ({ state }: LinkStatus): boolean =>
  state.kind === 'stopped' && state.cause.code === 'disabled';

/** The light of a stream that is still open says nothing of a model that does not run any more. */
function heard(model: Model, light: ReturnType<typeof lightOf> | null): ReturnType<typeof lightOf> {
  if (!isActive(model)) return { tone: 'none', words: t('Nothing runs, so nothing is listened to.') };
  return light ?? { tone: 'working', words: t('Its stream is not open yet.') };
}

/** How far a run has come, on the line at the head of what holds it: nothing moves when it begins and when it ends. */
export function ProgressLine({ pct, label }: { pct: number | null; label: string }) {
  if (pct === null) return null;
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(pct)}
      aria-valuemin={0}
      aria-valuemax={100}
      className="absolute inset-x-0 -top-0.5 h-0.75 overflow-hidden rounded-full bg-soft"
    >
      <span className="block h-full rounded-full bg-accent" style={{ width: `${pct}%` }} />
    </span>
  );
}

/** How far a run has come. */
export function Progress({ pct, label }: { pct: number | null; label: string }) {
  if (pct === null) return null;
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(pct)}
      aria-valuemin={0}
      aria-valuemax={100}
      className="flex items-center gap-2"
    >
      <span aria-hidden className="h-1.5 flex-1 overflow-hidden rounded-full bg-soft">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${pct}%` }} />
      </span>
      <span className="figures w-9 text-right text-2xs text-muted">{Math.round(pct)}%</span>
    </span>
  );
}
