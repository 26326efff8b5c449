import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { canBeHalted } from '#shared/domain/derive.ts';
import type { DeskSlices, SliceName } from '#shared/domain/desk.ts';
import type { Leaving } from '#shared/domain/panic/watch.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../desk/port.ts';

const NAMES_SHOWN = 4;

/**
 * What goes on without anybody watching once the desk ends, or null where that is nothing: practice ends with the desk, and
 * what only watches does nothing.
 */
export function leaving(desk: DeskReader, kinds: readonly BackendKindDescriptor[]): Leaving | null {
  const trading = valuesOf(desk, 'backends').filter(
    (backend) =>
      backend.enabled &&
      !backend.practice &&
      canBeHalted(
        kinds.find(({ kind }) => kind === backend.kind),
        backend,
      ),
  );
  if (trading.length === 0) return null;
  return {
    backends: trading.map(({ id, name }) => ({ name, items: itemsOf(desk, id) })),
    unwatched: unwatchedWords(desk, trading),
  };
}

function itemsOf(desk: DeskReader, backendId: string): string[] {
  const own = <T extends { backendId: string }>(items: readonly T[]): T[] =>
    items.filter((item) => item.backendId === backendId);
  const running = own(valuesOf(desk, 'models')).filter(
    ({ status }) => status !== 'idle' && status !== 'unknown',
  );
  const follows = own(valuesOf(desk, 'follows')).filter(({ state }) => state !== 'lost');
  const pending = own(valuesOf(desk, 'approvals')).filter(({ status }) => status === 'pending');
  const halted = desk.get('killSwitches', backendId)?.enabled === true;
  return [
    halted ? t('Halted; if the halt is lifted, nobody here sees it') : t('May go on trading'),
    ...(running.length === 0
      ? []
      : [
          t('{count, plural, one {# model} other {# models}} running: {names}', {
            count: running.length,
            names: listed(running.map(({ name }) => name)),
          }),
        ]),
    ...(follows.length === 0
      ? []
      : [
          t('{count, plural, one {# trader} other {# traders}} followed: {follows}', {
            count: follows.length,
            follows: listed(follows.map(({ traderName }) => traderName)),
          }),
        ]),
    ...(pending.length === 0
      ? []
      : [
          t('{count, plural, one {# proposal} other {# proposals}} waiting for you', {
            count: pending.length,
          }),
        ]),
  ];
}

function unwatchedWords(desk: DeskReader, trading: readonly BackendConfig[]): string[] {
  const watch = desk.get('watch', 'watch');
  const panic = desk.get('panic', 'panic');
  const isHalted = panic?.kind === 'latched';
  const limits = watch?.limits.length ?? 0;
  const beats = watch !== undefined && watch.heartbeat.state !== 'off';
  return [
    ...(isHalted
      ? [
          t('PANIC stays on, but nobody halts again what lifts the halt by itself ({names})', {
            names: listed(trading.map(({ name }) => name)),
          }),
        ]
      : []),
    ...(limits === 0
      ? []
      : [t('{limits, plural, one {# limit that presses} other {# limits that press}} PANIC', { limits })]),
    ...(beats
      ? [
          t('The heartbeat to {host}, which will miss it', {
            host: watch.heartbeat.host ?? t('your service'),
          }),
        ]
      : []),
    t('Alerts, proposals and the journal'),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown;
}

function valuesOf<S extends SliceName>(desk: DeskReader, slice: S): DeskSlices[S][] {
  return [...desk.entries(slice)].map(([, value]) => value);
}
