import type { DeskPatch } from '#shared/domain/desk.ts';
import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';
import { isByItself } from '#shared/domain/panic/kill-switch.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';
import { told } from '#shared/told.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import { type Considered, type Consideration, single } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

/** The name under which this desk, or another one, sets a halt. */
const SET_BY_A_DESK = 'quarterdeck';

/**
 * A halt that came or went without this desk's PANIC having asked for it: by another person, another desk or the
 * backend itself (K12, K14). A halt found by the first look is told as well: nobody here has been told of it before.
 */
export function createHaltPolicy(desk: DeskReader, manners: Manners) {
  /** The last state that was certain. */
  const last = new Map<string, boolean>();

  return (patches: readonly DeskPatch[]): Consideration => {
    const notices: Considered[] = [];
    const withdrawn: string[] = [];
    for (const patch of patches) {
      if (patch.slice !== 'killSwitches') continue;
      const { key: backendId, value } = patch;
      if (value === null) {
        if (last.delete(backendId)) withdrawn.push(noticeKey(backendId));
        continue;
      }
      const before = last.get(backendId);
      const occasion = occasionOf(value, before);
      if (value.enabled !== null) last.set(backendId, value.enabled);
      if (occasion !== null) notices.push(noticeFor(occasion, value));
    }
    return { notices, withdrawn };
  };

  function occasionOf(
    { backendId, enabled, setBy }: KillSwitch,
    before: boolean | undefined,
  ): Occasion | null {
    const panicked = isUnderPanic(backendId);
    if (enabled === null) return before === true ? 'halt-unknown' : null;
    if (enabled) return before === true || panicked ? null : 'halted';
    if (before !== true) return null;
    if (!panicked) return 'resumed';
    // Whatever goes now goes by this desk's own resume, whoever the backend says it was.
    if (isResuming()) return null;
    // While PANIC is latched this desk lifts nothing but on the way of a resume, which has a notice of its own.
    if (setBy === SET_BY_A_DESK) return null;
    return isByItself(setBy) ? 'lifted-by-itself' : 'lifted-by-somebody';
  }

  function isResuming(): boolean {
    const panic = desk.get('panic', 'panic');
    return panic?.kind === 'latched' && panic.resuming === true;
  }

  function isUnderPanic(backendId: string): boolean {
    const panic = desk.get('panic', 'panic');
    return panic?.kind === 'latched' && panic.targets.some((target) => target.backendId === backendId);
  }

  function noticeFor(occasion: Occasion, halt: KillSwitch): Considered {
    const { backendId } = halt;
    const name = nameOf(desk, backendId);
    const { title, advice } = wordsFor(occasion, name);
    const by =
      halt.setBy === null
        ? t('The backend does not say who did it')
        : t('Set by {setBy}', { setBy: halt.setBy });
    const why = halt.reason === null ? '.' : `: ${told(halt.reason)}`;
    return single(occasion, {
      key: noticeKey(backendId),
      backendId,
      title: titleText(`${practiceMark(isPractice(desk, backendId))}${title}`),
      body: bodyText(`${advice} ${by}${why}`),
      ...manners(occasion, backendId),
      destination: { place: 'deck', itemId: backendId },
      approvalKey: null,
    });
  }
}

const noticeKey = (backendId: string): string => `halt/${backendId}`;

function wordsFor(occasion: Occasion, name: string): { title: string; advice: string } {
  switch (occasion) {
    case 'halted':
      return { title: t('{name} is halted', { name }), advice: '' };
    case 'resumed':
      return { title: t('{name} may trade again', { name }), advice: '' };
    case 'lifted-by-itself':
      return {
        title: t('{name} lifted the halt by itself', { name }),
        advice: t('PANIC is on: it is being halted again.'),
      };
    case 'lifted-by-somebody':
      return {
        title: t('Somebody resumed {name} during PANIC', { name }),
        advice: t('It was left so. Press PANIC to halt it again.'),
      };
    default:
      return { title: t('It is not known whether {name} is still halted', { name }), advice: '' };
  }
}
