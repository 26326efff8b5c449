import { useCallback, useMemo } from 'react';

import type { Subject } from '#shared/domain/backends/act-freshness.ts';
import { reduceOnlyReason } from '#shared/domain/panic/reduce-only.ts';
import { SECOND_MS } from '#shared/time.ts';

import { useNow } from './clock.ts';
import { useDeskReading } from './desk-reading.ts';
import { useDeskStore, useEntry } from './desk.ts';
import type { DeskState } from './desk-state.ts';
import { useBackend, useKinds } from './kinds.ts';

/** Why only what lowers risk can be done, by the id of the backend; those where everything can are not in it. */
export function useReduceOnly(): ReadonlyMap<string, string> {
  const kinds = useKinds();
  const reasons = useDeskReading(
    WHAT_COUNTS,
    5 * SECOND_MS,
    ({ backends, killSwitches, links, panic }, nowMs) =>
      [...backends.values()]
        .filter(({ enabled }) => enabled)
        .flatMap((backend): [string, string][] => {
          const reason = reduceOnlyReason(
            backend,
            {
              kind: kinds?.get(backend.kind),
              panic: panic.get('panic'),
              killSwitch: killSwitches.get(backend.id),
              links: links.values(),
            },
            nowMs,
          );
          return reason === null ? [] : [[backend.id, reason]];
        }),
  );
  return useMemo(() => new Map(reasons), [reasons]);
}

const WHAT_COUNTS = ['backends', 'killSwitches', 'links', 'panic'] as const;

/** The same of one thing on a backend, such as a model, whose own link counts too; `null` while everything can be done. */
export function useReduceOnlyOn(backendId: string, about: Subject | null): string | null {
  const { config, kind } = useBackend(backendId);
  const panic = useEntry('panic', 'panic');
  const killSwitch = useEntry('killSwitches', backendId);
  const nowMs = useNow(5 * SECOND_MS);
  const thing = about?.thing;
  const id = about?.id;
  return useDeskStore(
    useCallback(
      ({ slices }: DeskState) => {
        if (config?.enabled !== true) return null;
        const subject = thing === undefined || id === undefined ? null : { thing, id };
        const desk = { kind, panic, killSwitch, links: slices.links.values() };
        return reduceOnlyReason(config, desk, nowMs, { subject });
      },
      [config, kind, panic, killSwitch, nowMs, thing, id],
    ),
  );
}
