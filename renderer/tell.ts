import { told } from '#shared/told.ts';

export { told };

/** Members that hold words of the main process, wherever they stand. Names, ids and what a person typed are in none of them. */
const WORDS = new Set(
  'message label labels help summary placeholder confirm caution careful detail does doesNot resumes byHand notes note proved notProved riskNotes reason because why trouble troubles deskTrouble keychainTrouble hotkeyLimit explanation warnings advice statusNote lastError proposer setBy title body words sentence blind partly group limits delivery outcome what before after stays heldBack secretsRemoved unwatched items open'.split(
    ' ',
  ),
);

/** A step of a test and a fact of an alert have a name that is words. */
const NAMED_BY_WORDS = ['detail', 'value', 'verdict'];

/** Ids and states are written small and in one piece, and stay as they are. */
const READS_LIKE_WORDS = /^\p{Lu}|\s/u;

/** What holds a person's own settings and texts alone, which are sent back as they came. */
const OWN =
  /^(?:settings\.(?:get|change|changed)|rules\.(?:save|switch|remove)|(?:backends|channels)\.save|help\.notices|app\.info)$/;

/** Says what the main process answered or told, in place, in the language of the window. */
export function tell(name: string, payload: unknown): void {
  if (!OWN.test(name)) tellWithin(payload);
}

function tellWithin(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) tellWithin(one);
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const isWords = WORDS.has(name) || (name === 'name' && NAMED_BY_WORDS.some((other) => other in value));
    if (typeof member === 'string') {
      if ((isWords || (name === 'value' && 'name' in value)) && READS_LIKE_WORDS.test(member))
        Reflect.set(value, name, told(member));
    } else if (isWords && Array.isArray(member) && member.every((one) => typeof one === 'string'))
      Reflect.set(
        value,
        name,
        member.map((one) => (READS_LIKE_WORDS.test(one) ? told(one) : one)),
      );
    else tellWithin(member);
  }
}
