import type {
  ActDescriptor,
  BackendKindDescriptor,
  ReadDescriptor,
} from '#shared/domain/backends/backend.ts';

import type { FieldTexts } from '../../ui/field-values.ts';
import type { JsonObject } from './result-shape.ts';

/** Something that a backend can be asked or told. */
export type Ability =
  { kind: 'read'; descriptor: ReadDescriptor } | { kind: 'act'; descriptor: ActDescriptor };

export interface AbilityGroup {
  name: string;
  abilities: Ability[];
}

/** An ability that can be used on a row of an answer, with what the row says about its parameters. */
export interface Offer {
  ability: Ability;
  known: FieldTexts;
}

/** An ability's name within its backend; reads and acts may share an id. */
export const abilityKey = ({ kind, descriptor }: Ability): string => `${kind}:${descriptor.id}`;

/** Everything that a kind can do, reads before acts in each group, in the order in which the kind names its groups. */
export function abilityGroups(kind: BackendKindDescriptor, text = ''): AbilityGroup[] {
  const wanted = text.trim().toLowerCase();
  const groups = new Map<string, Ability[]>();
  for (const ability of abilitiesOf(kind)) {
    const { group, label, help } = ability.descriptor;
    if (!`${group} ${label} ${help}`.toLowerCase().includes(wanted)) continue;
    const abilities = groups.get(group);
    if (abilities) abilities.push(ability);
    else groups.set(group, [ability]);
  }
  return [...groups].map(([name, abilities]) => ({ name, abilities }));
}

/**
 * Acts on an item belong to the place of that item, such as Approvals, and are not listed; nor is what only fills in the choices of a
 * form.
 */
export function abilitiesOf(kind: BackendKindDescriptor): Ability[] {
  return [
    ...kind.reads
      .filter(({ view }) => view !== 'choices')
      .map((descriptor): Ability => ({ kind: 'read', descriptor })),
    ...kind.acts
      .filter(({ scope }) => scope === 'backend')
      .map((descriptor): Ability => ({ kind: 'act', descriptor })),
  ];
}

/** Acts on things that the window lists by name, so that one of them can be chosen where an act is looked for by name. */
export const thingActsOf = (kind: BackendKindDescriptor): Ability[] =>
  kind.acts
    .filter(({ scope, concerns }) => scope === 'item' && concerns !== undefined)
    .map((descriptor): Ability => ({ kind: 'act', descriptor }));

/**
 * What can be done with a row of a read's answer: abilities that require a parameter which the row has under the same name,
 * or, within the read's group, an id (`ruleId` is the `id` of a row of rules).
 */
export function rowOffers(kind: BackendKindDescriptor, read: ReadDescriptor, row: JsonObject): Offer[] {
  return abilitiesOf(kind).flatMap((ability): Offer[] => {
    const { descriptor } = ability;
    if (ability.kind === 'read' && descriptor.id === read.id) return [];
    const required = descriptor.params.filter((param) => param.required);
    const known = Object.fromEntries(
      required.flatMap(({ name }) => {
        const own = asText(row[name]);
        const id = name.endsWith('Id') && descriptor.group === read.group ? asText(row.id) : null;
        const value = own ?? id;
        return value === null ? [] : [[name, value]];
      }),
    );
    const isKey = required.some(({ name, type }) => name in known && type !== 'boolean' && type !== 'number');
    return isKey ? [{ ability, known }] : [];
  });
}

/** Asked as soon as it is looked at: it changes nothing and needs nothing typed. */
export const isAskedAtOnce = (read: ReadDescriptor): boolean =>
  read.free && read.params.every(({ required }) => !required);

function asText(value: JsonObject[string] | undefined): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : null;
}
