import { decimalString } from '#shared/decimal-string.ts';
import { compare } from '#shared/money.ts';

import type { SectionName } from './setting-words.ts';

type Leaf = string | number | boolean | null | undefined;

/** Why a change is to be looked at twice, as a sentence; `null` where it cannot cost anything. */
export function cautionOf(
  section: SectionName,
  place: readonly string[],
  before: Leaf,
  after: Leaf,
): string | null {
  const last = place.at(-1) ?? '';
  switch (section) {
    case 'limits':
      if (place.length > 1) return 'Changes what is allowed for this one.';
      if (last === 'repeatsReplace')
        return after === true ? null : 'Older proposals can be approved beside newer ones.';
      return isMore(before, after) ? 'Allows more than now.' : null;
    case 'watch':
      if (last === 'keepAwake' || last === 'askBeforeQuit')
        return after === true ? null : 'Protects less than now.';
      return isMore(before, after) ? 'Halts later than now, or not at all.' : 'PANIC is pressed by this.';
    case 'heartbeat':
      if (last === 'allowPlainHttp') return after === true ? 'Is sent unencrypted.' : null;
      return last === 'enabled' && after !== true ? 'Nobody would miss a desk that is down.' : null;
    case 'panic':
      return after === null ? 'The hotkey of PANIC goes away.' : 'PANIC has other keys.';
    case 'security':
      return 'Changes what a locked desk shows, or when it locks.';
    case 'signIn':
      return 'You would sign in through another application.';
    case 'ingest':
      return last === 'bind' && after === 'network' ? 'Other machines could post.' : null;
    case 'attention':
      return after === false || after === 0 ? 'You would hear less.' : null;
    case 'attentionPolicy':
      return quieter(place, before, after);
    case 'assistant':
      if (last === 'address') return 'What the assistant reads is sent there.';
      return last === 'enabled' && after === true ? 'What the assistant reads is sent to its address.' : null;
    case 'updates':
      return last === 'channel' && after === 'beta' ? 'Versions that are less tried.' : null;
    case 'backends':
      if (last === 'allowPlainHttp')
        return after === true ? 'What is sent there can be read on the way.' : null;
      if (last === 'enabled')
        return after === false ? 'It would not be watched, and PANIC would not reach it.' : null;
      return ['address', 'proxy', 'authority', 'kind'].includes(last) ? 'It leads elsewhere.' : null;
    case 'channels':
      if (last === 'enabled') return after === false ? 'It would send nothing.' : null;
      if (last === 'minSeverity') return 'It would send more or less than now.';
      return ['recipients', 'options', 'kind'].some((name) => place.includes(name))
        ? 'It sends elsewhere.'
        : null;
    case 'priceAlerts':
      return last === 'on' && after === false ? 'It would not ring.' : null;
    case 'decisionRules':
      return 'A rule decides without asking once you switch it on.';
    case 'shortcuts':
      return 'A key does something else than now.';
    case 'marketMoves':
    case 'retention':
    case 'playback':
    case 'practice':
    case 'region':
      return last === 'timeZone' ? 'Your days, and limits a day, begin at another time.' : null;
    case 'appearance':
    case 'guide':
    case 'deck':
    case 'desktop':
    case 'diagnostics':
      return null;
  }
}

/** Another member of a list, whole: a backend, a channel. */
export function cautionOfNew(section: SectionName): string | null {
  switch (section) {
    case 'backends':
      return 'A new connection. Is this address yours?';
    case 'channels':
      return 'A new way out for what the desk tells.';
    case 'decisionRules':
      return 'A rule decides without asking once you switch it on.';
    default:
      return null;
  }
}

/** A limit that is off, or a larger figure. */
function isMore(before: Leaf, after: Leaf): boolean {
  if (after === null || after === undefined) return true;
  if (before === null || before === undefined) return false;
  const [one, other] = [String(before), String(after)];
  return decimalString.safeParse(one).success && decimalString.safeParse(other).success
    ? compare(other, one) > 0
    : one !== other;
}

const RANK = ['low', 'medium', 'high', 'critical'];

function quieter(place: readonly string[], before: Leaf, after: Leaf): string | null {
  const [part = ''] = place;
  const last = place.at(-1) ?? '';
  const isQuieter =
    (part === 'mutedKinds' && after !== undefined) ||
    (part === 'quietHours' && after !== false) ||
    (part === 'silenceCritical' && after === true) ||
    (last === 'mode' && after !== 'on') ||
    (last === 'sound' && after === null) ||
    (last === 'severity' && RANK.indexOf(String(after)) < RANK.indexOf(String(before ?? 'critical')));
  return isQuieter ? 'You would be told less, or later.' : null;
}
