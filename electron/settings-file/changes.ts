import { createHash } from 'node:crypto';

import type { ImportChange, ImportSection } from '#shared/domain/settings/settings-file.ts';

import { plainText } from '../lib/clean.ts';
import { cautionOf, cautionOfNew } from './caution.ts';
import type { Everything } from './merge.ts';
import type { SectionName } from './setting-words.ts';
import { SECTION_TITLES, wordsOfPlace } from './setting-words.ts';

type Leaf = string | number | boolean | null;

/** A setting by its place: each member is a step, an item of a list is named by what it is about. */
type Leaves = Map<string, { place: string[]; value: Leaf }>;

const LONGEST_VALUE = 160;
/** Such lists are read item by item, and a new item is one change. */
const LISTS: ReadonlySet<SectionName> = new Set<SectionName>([
  'backends',
  'channels',
  'decisionRules',
  'priceAlerts',
]);
/** Of an item: what it is called by, or what its kind says of itself and nobody sets. */
const UNSAID: ReadonlySet<string> = new Set([
  'id',
  'mirrorsAccount',
  'watchesOnly',
  'withoutAccount',
  'onSinceMs',
]);

/** Every setting that would be another, section by section; what comes from the file is untrusted text, made safe to show. */
export function importSections(now: Everything, next: Everything): ImportSection[] {
  const before = shownParts(now);
  const after = shownParts(next);
  return sectionNames().flatMap((section) => {
    const changes = LISTS.has(section)
      ? changesOfList(section, before[section] as readonly Item[], after[section] as readonly Item[])
      : changesBetween(section, before[section], after[section], '');
    return changes.length === 0 ? [] : [{ title: SECTION_TITLES[section], changes }];
  });
}

type Item = { id: string } & object;

/** A layout of the deck is one change, whatever was moved in it. */
function shownParts({ settings, priceAlerts }: Everything) {
  const layouts = settings.deck.layouts.map(({ id, name, widgets, ...rest }) => {
    const mark = createHash('sha256')
      .update(JSON.stringify([widgets, rest]))
      .digest('hex')
      .slice(0, 6);
    return [`${name} (${id})`, `${widgets.length} widgets, arrangement ${mark}`];
  });
  const deck = { currentId: settings.deck.currentId, layouts: Object.fromEntries(layouts) as object };
  return { ...settings, deck, priceAlerts };
}

const sectionNames = (): SectionName[] => Object.keys(SECTION_TITLES) as SectionName[];

function changesOfList(
  section: SectionName,
  before: readonly Item[],
  after: readonly Item[],
): ImportChange[] {
  const known = new Map(before.map((item) => [item.id, item]));
  return after.flatMap((item) => {
    const here = known.get(item.id);
    const name = nameOf(here ?? item);
    if (here !== undefined) return changesBetween(section, here, item, name);
    return [{ what: name, before: 'not here', after: summaryOf(item), careful: cautionOfNew(section) }];
  });
}

function changesBetween(
  section: SectionName,
  before: unknown,
  after: unknown,
  owner: string,
): ImportChange[] {
  const was = leavesOf(before);
  const is = leavesOf(after);
  const keys = new Set([...was.keys(), ...is.keys()]);
  return [...keys].flatMap((key) => {
    const one = was.get(key);
    const other = is.get(key);
    if (one?.value === other?.value) return [];
    const place = (other ?? one)?.place ?? [];
    return [
      {
        what: shown([owner, wordsOfPlace(place)].filter((part) => part !== '').join(': ')),
        before: valueWords(one?.value),
        after: valueWords(other?.value),
        careful: cautionOf(section, place, one?.value, other?.value),
      },
    ];
  });
}

function leavesOf(value: unknown): Leaves {
  const leaves: Leaves = new Map();
  const add = (place: string[], member: unknown): void => {
    if (Array.isArray(member) && member.every((one) => typeof one !== 'object' || one === null))
      leaves.set(JSON.stringify(place), { place, value: member.join(', ') });
    else if (Array.isArray(member)) for (const item of member) add([...place, itemKey(item)], item);
    else if (typeof member === 'object' && member !== null) {
      for (const [name, inner] of Object.entries(member))
        if (inner !== undefined && !(place.length === 0 && UNSAID.has(name))) add([...place, name], inner);
    } else leaves.set(JSON.stringify(place), { place, value: member as Leaf });
  };
  add([], value);
  return leaves;
}

/** An item of a list without ids is known by what it is about. */
function itemKey(item: unknown): string {
  const { backendId, instrument, occasion, kind } = item as Record<string, unknown>;
  return [backendId, instrument ?? occasion ?? kind].filter((part) => typeof part === 'string').join(' ');
}

function nameOf(item: object): string {
  const { name, symbol } = item as Record<string, unknown>;
  return shown(name ?? symbol);
}

/** What a new item is, in one line. */
function summaryOf(item: Item): string {
  const parts = [...leavesOf(item).values()]
    .filter(
      ({ place: [first = ''], value }) =>
        first !== 'name' && first !== 'colour' && value !== '' && value !== null,
    )
    .map(({ place, value }) => `${wordsOfPlace(place)} ${valueWords(value)}`);
  return plainText(parts.join(', '), 600);
}

function valueWords(value: Leaf | undefined): string {
  if (value === undefined) return 'not set';
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return shown(String(value));
}

const shown = (value: unknown): string => plainText(value, LONGEST_VALUE);
