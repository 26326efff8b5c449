import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';

import { cleanJson } from '../../lib/clean.ts';
import type { Described, ReadContext as ContextOf, ReadDefinition as DefinitionOf } from '../kit/reading.ts';
import { anyJson, asked, descriptorOf, rows } from '../kit/reading.ts';
import type { Json, Params } from '../port.ts';
import { optionalText, ParamError, textParam } from '../kit/params.ts';
import type { Tools } from './tools.ts';

export type ReadContext = ContextOf<Tools>;

export type ReadDefinition = DefinitionOf<Tools>;

type PathOf = (context: ReadContext) => string;

export const SAMPLE = 'The server may answer samples that look real.';
const COSTS = 'Costs one of the 100 requests that the server allows in 15 minutes.';

export const choice = (
  name: string,
  label: string,
  values: readonly string[],
  preset: string,
): FieldDescriptor => ({
  name,
  label,
  type: 'choice',
  required: false,
  choices: values.map((value) => ({ value, label: value })),
  defaultValue: preset,
});

export const timeframe = choice('timeframe', 'Time', ['1h', '24h', '7d', '30d'], '24h');

/**
 * A read of the server: `under` names the member that holds the payload, whose name varies (§3); of a table, `first` are the members that
 * stand in front, and `without` those that tell a person nothing.
 */
export function ask(
  view: 'table' | 'detail',
  described: Described,
  path: string | PathOf,
  given: { under?: string; own?: boolean; first?: readonly string[]; without?: readonly string[] } = {},
): ReadDefinition {
  const { caution = COSTS, ...rest } = described;
  return {
    descriptor: descriptorOf(view, { ...rest, caution }),
    async run(context) {
      const { client } = context.tools;
      const target = typeof path === 'string' ? path : path(context);
      const options = asked(context);
      const answer = await (given.own === true
        ? client.readOwn(target, anyJson, options)
        : client.read(target, anyJson, options));
      const payload = given.under === undefined ? answer : pick(answer, given.under);
      if (view === 'detail') return cleanJson(withoutEnvelope(payload));
      const table = rows(payload);
      return Array.isArray(table)
        ? table.map((row) => arranged(row, given.first ?? [], given.without ?? []))
        : table;
    },
  };
}

/** Members of members by a dotted name; the whole answer where there are none. */
function pick(answer: Json, path: string): Json {
  let found: Json = answer;
  for (const name of path.split('.')) {
    if (found === null || typeof found !== 'object' || Array.isArray(found)) return null;
    found = found[name] ?? null;
  }
  return found;
}

function arranged(row: Json, first: readonly string[], without: readonly string[]): Json {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return row;
  const rest = Object.keys(row).filter((name) => !first.includes(name) && !without.includes(name));
  return Object.fromEntries(
    [...first, ...rest].flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])),
  );
}

function withoutEnvelope(answer: Json): Json {
  if (answer === null || typeof answer !== 'object' || Array.isArray(answer)) return answer;
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== 'success'));
}

/** Looks at a trader: what the server can push about them is asked for too. */
export function walletIn({ tools, params }: ReadContext): string {
  const wallet = textParam(params, 'traderId');
  tools.subscriptions.view(wallet);
  return encodeURIComponent(wallet);
}

export function serverIdIn(context: ReadContext): string {
  walletIn(context);
  const serverId = context.tools.desk.roster.byWallet(textParam(context.params, 'traderId'))?.serverId;
  if (serverId === undefined || serverId === null)
    throw new ParamError('This trader is not on the server’s list at the moment.');
  return encodeURIComponent(serverId);
}

export function ownWallet({ desk }: Tools): string {
  if (desk.wallet === null)
    throw new ParamError('No wallet is given: it is set in Settings, with this backend.');
  return encodeURIComponent(desk.wallet);
}

export const chosen = (params: Params, name: string, preset: string): string =>
  encodeURIComponent(optionalText(params, name, 60) ?? preset);
