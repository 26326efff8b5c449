import { PANIC_NOTICE } from '#shared/domain/attention/panic-notice.ts';
import { panicSummary } from '#shared/domain/derive.ts';
import type { DeskPatch } from '#shared/domain/desk.ts';
import type { PanicState, PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';
import { told } from '#shared/told.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import { type Consideration, NOTHING, single } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

type Latched = Extract<PanicState, { kind: 'latched' }>;

/** The desk's own PANIC: that it was pressed, what became of it once every backend is settled, and its end. */
export function createPanicPolicy(desk: DeskReader, startedAtMs: number, manners: Manners) {
  let latched: Latched | null = null;
  let toldOutcome = '';

  return (patches: readonly DeskPatch[]): Consideration => {
    let result = NOTHING;
    for (const patch of patches) {
      if (patch.slice !== 'panic') continue;
      const before = latched;
      latched = patch.value?.kind === 'latched' ? patch.value : null;
      if (latched === null) {
        toldOutcome = '';
        if (before !== null) result = tell('panic-resumed', before, t('PANIC was ended by a person'), '');
      } else {
        result = settled(latched) ?? (before === null ? begun(latched) : result);
      }
    }
    return result;
  };

  function begun(state: Latched): Consideration {
    const names = state.targets.map((target) => nameOf(desk, target.backendId)).join(', ');
    if (state.sinceMs < startedAtMs) return tell('panic-still-on', state, t('PANIC is still on'), names);
    const body = state.because === undefined ? names : `${told(state.because)} ${names}`;
    return tell(
      'panic-pressed',
      state,
      t('PANIC: halting {count, plural, one {# backend} other {# backends}}', {
        count: state.targets.length,
      }),
      body,
    );
  }

  /** What became of it, once none is under way any more, and only when that is news. */
  function settled(state: Latched): Consideration | null {
    if (state.targets.length === 0 || state.targets.some((target) => target.state === 'requested'))
      return null;
    const outcome = state.targets.map((target) => `${target.backendId} ${target.state}`).join(' ');
    const reasserted = state.targets.map((target) => target.reasserted).join(' ');
    if (`${outcome} ${reasserted}` === toldOutcome) return null;
    toldOutcome = `${outcome} ${reasserted}`;
    const { open, counts } = panicSummary(state);
    // Where a backend cannot be halted from here, that and what to do by hand is said with the rest.
    const byHand = state.targets.filter(isForHand).map(detailOf).join(' ');
    if (open.length === 0 && counts.confirmed > 0)
      return tell(
        'panic-confirmed',
        state,
        t('PANIC confirmed: {count, plural, one {# backend} other {# backends}} halted', {
          count: counts.confirmed,
        }),
        byHand,
      );
    if (open.length === 0)
      return tell('panic-not-confirmed', state, t('PANIC: nothing that can be halted is connected'), byHand);
    const names = open.map((target) => nameOf(desk, target.backendId)).join(', ');
    return tell(
      'panic-not-confirmed',
      state,
      t('PANIC NOT CONFIRMED: {names}', { names }),
      open.map(detailOf).join(' '),
    );
  }

  function isForHand({ backendId, state }: PanicTarget): boolean {
    return state === 'not-supported' && desk.get('backends', backendId)?.watchesOnly !== true;
  }

  function tell(occasion: Occasion, state: Latched, title: string, body: string): Consideration {
    const { targets } = state;
    const practice = targets.length > 0 && targets.every((target) => isPractice(desk, target.backendId));
    const notice = single(occasion, {
      key: PANIC_NOTICE,
      backendId: null,
      title: titleText(`${practiceMark(practice)}${title}`),
      body: bodyText(body),
      ...manners(occasion, null),
      destination: { place: 'deck', itemId: null },
      approvalKey: null,
    });
    return { notices: [notice], withdrawn: [] };
  }
}

const detailOf = (target: PanicTarget): string => told(target.detail);
