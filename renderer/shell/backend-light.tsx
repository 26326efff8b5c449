import { FlaskConical } from 'lucide-react';
import { useMemo } from 'react';

import type { BackendConfig } from '#shared/domain/backend.ts';
import { backendFreshness } from '#shared/domain/derive.ts';
import { SECOND_MS, formatAge } from '#shared/time.ts';

import { useNow } from '../stores/clock.ts';
import { useEntry, useSlice } from '../stores/desk.ts';
import { openPlace } from '../stores/ui.ts';
import { PracticeMark } from '../ui/backend-tag.tsx';
import { cx } from '../ui/cx.ts';
import { LightDot, lightOf } from '../ui/link-light.tsx';
import { Tooltip } from '../ui/tooltip.tsx';

/** One backend in the bar: its light, its name and the age of its data; the words of each link in the tooltip. */
export function BackendLight({ config }: { config: BackendConfig }) {
  const all = useSlice('links');
  const halted = useEntry('killSwitches', config.id)?.enabled === true;
  const now = useNow(SECOND_MS);
  const links = useMemo(
    () => [...all.values()].filter((link) => link.backendId === config.id),
    [all, config.id],
  );
  const { ageMs, worst, stale } = backendFreshness(config.id, links, now);
  const light = lightOf(worst, now);
  return (
    <Tooltip
      align="start"
      content={
        <span className="flex flex-col gap-1">
          <span className="flex items-center gap-2 font-medium">
            {config.name} {config.practice && <PracticeMark />}
          </span>
          {links.map((link) => (
            <span key={link.linkId} className="text-muted">
              {link.label}: {lightOf(link, now).words}
            </span>
          ))}
          {links.length === 0 && <span className="text-muted">Not connected yet.</span>}
          {halted && <span className="text-danger">Halted.</span>}
        </span>
      }
    >
      <button
        type="button"
        onClick={() => openPlace('settings', config.id)}
        aria-label={`${config.name}: ${light.words}${halted ? ' Halted.' : ''}`}
        className="flex h-8 min-w-0 items-center gap-2 rounded-md px-2 hover:bg-raised"
      >
        <LightDot tone={light.tone} />
        <span className="truncate text-sm text-ink">{config.name}</span>
        {config.practice && <LightMark />}
        {halted && <span className="text-2xs font-semibold text-danger uppercase">Halted</span>}
        <span
          className={cx('figures shrink-0 text-xs whitespace-nowrap', stale ? 'text-warn' : 'text-faint')}
        >
          {ageMs === null ? '–' : formatAge(ageMs)}
        </span>
      </button>
    </Tooltip>
  );
}

/** Where the bar is narrow the mark is its sign alone, so that names stay readable. */
const LightMark = () => (
  <>
    <span className="hidden min-[1180px]:contents">
      <PracticeMark />
    </span>
    <FlaskConical
      size={12}
      role="img"
      aria-label="Practice"
      className="shrink-0 text-practice min-[1180px]:hidden"
    />
  </>
);
