import { assertNever } from '#shared/assert-never.ts';
import type {
  ActDescriptor,
  Concern,
  FieldDescriptor,
  ReadDescriptor,
} from '#shared/domain/backends/backend.ts';
import type { DeskSlices } from '#shared/domain/desk.ts';
import { t } from '#shared/words.ts';

import { readSlice } from '../../stores/desk.ts';
import type { FieldTexts } from '../../ui/field-values.ts';
import { runName, runSettings } from '../models/model-words.ts';

type Thing = Concern['thing'];
type Choice = NonNullable<FieldDescriptor['choices']>[number];

/** The slices that hold things which a read or an act can be about. */
export type ThingSlices = Readonly<{
  [S in 'models' | 'runs' | 'traders' | 'positions' | 'watchLists' | 'thresholds']: ReadonlyMap<
    string,
    DeskSlices[S]
  >;
}>;

/** What a sort of thing is called by itself. */
export const THING_NAMES: Readonly<Record<Thing, string>> = {
  model: t('Model'),
  run: t('Run'),
  trader: t('Trader'),
  position: t('Position'),
  'watch-list': t('Watch list'),
  threshold: t('Threshold'),
};

/** A list is chosen from, not read: what is older than these is reached where it is shown. */
const MOST = 200;

/** The things of a backend that the desk knows, what it learnt of last first, each by its id and a name that no other has. */
export function thingsOf(thing: Thing, backendId: string, slices: ThingSlices): Choice[] {
  const named = namedThings(thing, backendId, slices);
  const times = new Map<string, number>();
  for (const { label } of named) times.set(label, (times.get(label) ?? 0) + 1);
  return named.map(({ value, label }) => ({
    value,
    label: (times.get(label) ?? 0) > 1 ? `${label} (${value})` : label,
  }));
}

function namedThings(thing: Thing, backendId: string, slices: ThingSlices): Choice[] {
  switch (thing) {
    case 'model':
      return choicesIn(slices.models, backendId, ({ name }) => name);
    case 'run':
      return choicesIn(slices.runs, backendId, (run) =>
        [runName(run), runSettings(run)].filter(Boolean).join(', '),
      );
    case 'trader':
      return choicesIn(slices.traders, backendId, ({ name }) => name);
    case 'position':
      return choicesIn(slices.positions, backendId, ({ symbol, side, quantity }) =>
        [symbol, side === 'long' ? t('Long') : t('Short'), quantity].join(' '),
      );
    case 'watch-list':
      return choicesIn(slices.watchLists, backendId, ({ name }) => name);
    case 'threshold':
      return choicesIn(
        slices.thresholds,
        backendId,
        ({ symbol, figure, threshold }) => `${symbol} ${figure} ${threshold}`,
      );
    default:
      return assertNever(thing);
  }
}

const choicesIn = <Entry extends { backendId: string; id: string }>(
  entries: ReadonlyMap<string, Entry>,
  backendId: string,
  labelOf: (entry: Entry) => string,
): Choice[] =>
  [...entries.values()]
    .filter((entry) => entry.backendId === backendId)
    .slice(-MOST)
    .reverse()
    .map((entry) => ({ value: entry.id, label: labelOf(entry) }));

/**
 * The fields of a read or an act, the thing that it is about being chosen by its name: nobody knows ids by heart. Where the desk knows
 * none, and where the backend gives choices of its own, the field stays as the backend describes it.
 */
export function fieldsWithThings(
  { params, concerns }: Pick<ActDescriptor | ReadDescriptor, 'params' | 'concerns'>,
  backendId: string,
  slices: ThingSlices,
  known: FieldTexts = {},
): readonly FieldDescriptor[] {
  if (concerns === undefined) return params;
  const described = params.find(({ name }) => name === concerns.param);
  if (described !== undefined && described.type !== 'text') return params;
  const choices = thingsOf(concerns.thing, backendId, slices);
  const given = known[concerns.param];
  const isListed = given === undefined || choices.some(({ value }) => value === given);
  if (choices.length === 0 || !isListed) return params;
  const field: FieldDescriptor = {
    name: concerns.param,
    label: described?.label ?? THING_NAMES[concerns.thing],
    type: 'choice',
    required: described?.required ?? true,
    choices,
  };
  return described === undefined
    ? [field, ...params]
    : params.map((one) => (one === described ? field : one));
}

/** As the desk knows them now, for a form that opens: fields that change under the hand lose what was typed. */
export const readThings = (): ThingSlices => ({
  models: readSlice('models'),
  runs: readSlice('runs'),
  traders: readSlice('traders'),
  positions: readSlice('positions'),
  watchLists: readSlice('watchLists'),
  thresholds: readSlice('thresholds'),
});
