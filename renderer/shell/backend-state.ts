import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { backendFreshness } from '#shared/domain/derive.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { steadyAgeMs } from '../stores/clock.ts';
import { useDeskReading } from '../stores/desk-reading.ts';
import { lightOf } from '../ui/link-light.tsx';

/** A backend as the bar says it. */
export interface BackendState {
  config: BackendConfig;
  light: ReturnType<typeof lightOf>;
  /** Of its oldest data, as it is shown; `null` when none ever came. */
  ageMs: number | null;
  stale: boolean;
  halted: boolean;
  /** The words of each link. */
  links: { id: string; words: string }[];
}

/** Every backend that is switched on, as it stands this second. */
export function useBackendStates(configs: readonly BackendConfig[]): BackendState[] {
  return useDeskReading(STANDING, SECOND_MS, ({ links, killSwitches }, now) => {
    const all = [...links.values()];
    return configs
      .filter(({ enabled }) => enabled)
      .map((config) => stateOf(config, all, killSwitches.get(config.id)?.enabled === true, now));
  });
}

const STANDING = ['links', 'killSwitches'] as const;

function stateOf(
  config: BackendConfig,
  links: readonly LinkStatus[],
  halted: boolean,
  now: number,
): BackendState {
  const own = links.filter(({ backendId }) => backendId === config.id);
  const { ageMs, worst, stale } = backendFreshness(config.id, own, now);
  return {
    config,
    light: lightOf(worst, now),
    ageMs: ageMs === null ? null : steadyAgeMs(ageMs, now),
    stale,
    halted,
    links: own.map((link) => ({ id: link.linkId, words: `${link.label}: ${lightOf(link, now).words}` })),
  };
}

type Tone = BackendState['light']['tone'];
/** Best first. */
const ORDER: readonly Tone[] = ['live', 'none', 'working', 'stale', 'down'];

/** The one that most needs to be looked at, or `undefined` where there is none. */
export function worstOf(states: readonly BackendState[]): BackendState | undefined {
  return [...states].sort((a, b) => ORDER.indexOf(b.light.tone) - ORDER.indexOf(a.light.tone))[0];
}

/** How many backends there are, or how many of them show nothing that is current. */
export function liveWords(states: readonly BackendState[]): string {
  const stale = states.filter((state) => state.stale).length;
  return stale === 0
    ? t('{count} backends', { count: states.length })
    : t('{stale} of {count} not live', { stale, count: states.length });
}

/** Its name without the word that a mark beside it says already. */
export function shortName({ name, practice }: Pick<BackendConfig, 'name' | 'practice'>): string {
  const rest = practice ? name.replace(/^practice\s+/iu, '') : name;
  return rest === name ? name : rest.charAt(0).toUpperCase() + rest.slice(1);
}
