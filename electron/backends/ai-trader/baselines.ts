import { createRecent } from '../../lib/recent.ts';
import { contentId } from '../kit/content-id.ts';
import type { ActAnswer, Params } from '../port.ts';

/** What there was just before something was sent that adds to it. */
export interface Baseline {
  /** Of the steady clock. */
  atMs: number;
  ids: ReadonlySet<string>;
}

/**
 * Tells what came of an act whose answer was lost from what was there before, and from what another act made: a new thing
 * proves one act and no second one (A5). Of one backend, for as long as the process lives.
 */
export interface Baselines {
  note(act: string, params: Params, answer: ActAnswer, baseline: Baseline): void;
  /** Of the act that got this answer, else of the last one that was sent so. */
  of(act: string, params: Params, answer: ActAnswer): Baseline | null;
  /** The first of these that is new and proves no other act; it proves this one from now on. */
  claim(baseline: Baseline, ids: readonly string[]): string | null;
}

export function createBaselines(): Baselines {
  const byAnswer = new WeakMap<ActAnswer, Baseline>();
  const byParams = createRecent<Baseline>(200);
  const claimed = createRecent<Baseline>(1_000);
  const keyOf = (act: string, params: Params): string => contentId([act, params]);

  return {
    note(act, params, answer, baseline) {
      byAnswer.set(answer, baseline);
      byParams.set(keyOf(act, params), baseline);
    },
    of: (act, params, answer) => byAnswer.get(answer) ?? byParams.get(keyOf(act, params)) ?? null,
    claim(baseline, ids) {
      const isFree = (id: string): boolean => {
        const by = claimed.get(id);
        return by === undefined || by === baseline;
      };
      const found = ids.find((id) => !baseline.ids.has(id) && isFree(id)) ?? null;
      if (found !== null) claimed.set(found, baseline);
      return found;
    },
  };
}
