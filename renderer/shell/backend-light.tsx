import { FlaskConical, LockOpen, OctagonX } from 'lucide-react';
import { memo } from 'react';

import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { openPlace } from '../stores/ui.ts';
import { PracticeMark } from '../ui/backend-tag.tsx';
import { cx } from '../ui/cx.ts';
import { LightDot } from '../ui/link-light.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import type { BackendState } from './backend-state.ts';
import { shortName } from './backend-state.ts';

interface BackendLightProps {
  state: BackendState;
  /** Whether real ones stand beside it, so that it has to say that it is practice. */
  mixed: boolean;
  /** Whether room is scarce: everything closer, and a sign for the word that it is halted. */
  short: boolean;
}

/** One backend in the bar: its light, its name and the age of its data; the words of each link in the tooltip. */
export const BackendLight = memo(function BackendLight({ state, mixed, short }: BackendLightProps) {
  const { config, light, halted, links } = state;
  return (
    <Tooltip
      align="start"
      content={
        <span className="flex flex-col gap-1">
          <span className="flex items-center gap-2 font-medium">
            {config.name} {config.practice && <PracticeMark />}
          </span>
          {links.map(({ id, words }) => (
            <span key={id} className="text-muted">
              {words}
            </span>
          ))}
          {links.length === 0 && <span className="text-muted">{t('Not connected yet.')}</span>}
          {config.allowPlainHttp && <span className="text-warn">{t('Without TLS, as you allowed.')}</span>}
          {halted && <span className="text-danger">{t('Halted.')}</span>}
        </span>
      }
    >
      <button
        type="button"
        onClick={() => openPlace('settings', config.id)}
        className={cx(
          'flex h-8 min-w-0 items-center rounded-md hover:bg-raised',
          short ? 'gap-1 px-1.5' : 'gap-1.5 px-2',
        )}
      >
        <span className="sr-only">{lightLabel(state)}</span>
        <span aria-hidden className="contents">
          <LightDot tone={light.tone} />
          {mixed && config.practice && <PracticeGlyph />}
          <span className="min-w-6 truncate text-sm text-ink">{shortName(config)}</span>
          {config.allowPlainHttp && <PlainMark />}
          {halted && (short ? <HaltedGlyph /> : <HaltedWord />)}
          <DataAge state={state} />
        </span>
      </button>
    </Tooltip>
  );
}, saysTheSame);

/** One that says the same is not drawn again when another backend's does not. */
function saysTheSame(before: BackendLightProps, after: BackendLightProps): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

/** What a screen reader says of a backend. */
export const lightLabel = ({ config, light, halted }: BackendState): string =>
  `${config.name}${config.practice ? t(', practice') : ''}${config.allowPlainHttp ? t(', without TLS') : ''}: ${light.words}${halted ? ` ${t('Halted.')}` : ''}`;

/** As wide as the longest age in seconds, so that the bar does not move each second. */
export const DataAge = ({ state: { ageMs, stale } }: { state: BackendState }) => (
  <span
    className={cx('figures min-w-7 shrink-0 text-xs whitespace-nowrap', stale ? 'text-warn' : 'text-faint')}
  >
    {ageMs === null ? '–' : formatAge(ageMs)}
  </span>
);

export const HaltedWord = ({ children = t('Halted') }: { children?: string }) => (
  <span className="figures shrink-0 text-2xs font-semibold text-danger uppercase">{children}</span>
);

const HaltedGlyph = () => (
  <OctagonX size={14} role="img" aria-label={t('Halted')} className="shrink-0 text-danger" />
);

/** Lasting, for as long as what is sent there can be read on the way (S3). */
const PlainMark = () => (
  <LockOpen size={12} role="img" aria-label={t('Without TLS')} className="shrink-0 text-warn" />
);

/** The mark as its sign alone, so that names stay readable. */
export const PracticeGlyph = () => (
  <FlaskConical size={12} role="img" aria-label={t('Practice')} className="shrink-0 text-practice" />
);
