import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import type { WatchList } from '#shared/domain/alerts/volume.ts';

import { resultMember } from '../kit/answers.ts';
import { member } from '../kit/reading.ts';
import type { ActAnswer, Json, Params } from '../port.ts';
import type { ActDefinition, Plan } from './act-definition.ts';
import { answerOf, DECISION, isMade, reread } from './act-definition.ts';
import type { Client, Reply } from './client.ts';
import { listedSymbolParam, symbolParam, textParam } from './params.ts';

const idField: FieldDescriptor = { name: 'watchListId', label: 'Watch list', type: 'text', required: true };
const nameField: FieldDescriptor = { name: 'name', label: 'Name', type: 'text', required: true };
const symbolField: FieldDescriptor = {
  name: 'symbol',
  label: 'Symbol',
  type: 'text',
  required: true,
  placeholder: 'BTCUSDT',
};
const concerns = { thing: 'watch-list', param: 'watchListId' } as const;
const pathOf = (id: string): string => `/api/watchlist/${encodeURIComponent(id)}`;
const idParam = (params: Params): string => textParam(params, 'watchListId', 'The watch list', 120);

/** A plan that asks once and is checked by reading the lists again. */
function listPlan(
  send: (client: Client) => Promise<Reply>,
  done: string,
  isSo: (lists: readonly WatchList[]) => boolean,
  words: { so: string; notSo: string },
): Plan {
  return {
    perform: async ({ account }): Promise<ActAnswer> => answerOf(await send(await account.client()), done),
    verify: (tools, answer) => reread(tools, answer, ({ watchLists }) => isSo(watchLists), words),
  };
}

const has = (lists: readonly WatchList[], id: string, symbol: string): boolean =>
  lists.some((list) => list.id === id && list.symbols.some((item) => item.symbol === symbol));

/** Lists of symbols that the account keeps (§4.4). */
export const watchListActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'watch-list.create',
      group: 'Watch lists',
      label: 'New watch list',
      help: 'Lists and symbols in all: 1 and 10 on free, 3 and 30 on pro, 50 and no limit on elite.',
      params: [nameField],
      risk: 'neutral',
      scope: 'backend',
    },
    plan(params) {
      const name = textParam(params, 'name', 'The name');
      let before: ReadonlySet<string> = new Set();
      return {
        async perform({ account }) {
          const client = await account.client();
          before = new Set(account.lastRead()?.watchLists.map(({ id }) => id));
          const reply = await client.send('POST', '/api/watchlist', { name }, DECISION);
          return answerOf(reply, 'The watch list was made.');
        },
        verify(tools, answer) {
          const isNew = isMade(idIn(resultMember(answer, 'watchlist')), before);
          return reread(
            tools,
            answer,
            ({ watchLists }) => watchLists.some((list) => list.name === name && isNew(list.id)),
            { so: 'It is among the watch lists.', notSo: 'It is not among the watch lists.' },
          );
        },
      };
    },
  },
  {
    descriptor: {
      id: 'watch-list.rename',
      group: 'Watch lists',
      label: 'Rename',
      help: 'Gives the watch list another name.',
      params: [idField, nameField],
      risk: 'neutral',
      scope: 'item',
      concerns,
    },
    plan(params) {
      const id = idParam(params);
      const name = textParam(params, 'name', 'The name');
      return listPlan(
        (client) => rename(client, id, name),
        'The watch list was renamed.',
        (lists) => lists.some((list) => list.id === id && list.name === name),
        { so: 'VolSpike shows the new name.', notSo: 'VolSpike does not show the new name.' },
      );
    },
  },
  {
    descriptor: {
      id: 'watch-list.delete',
      group: 'Watch lists',
      label: 'Delete the watch list',
      help: 'Removes it, with its symbols, from VolSpike.',
      params: [idField],
      risk: 'neutral',
      confirm: 'Delete this watch list on VolSpike?',
      scope: 'item',
      concerns,
    },
    plan(params) {
      const id = idParam(params);
      return listPlan(
        (client) => client.send('DELETE', pathOf(id), null, DECISION),
        'The watch list was deleted.',
        (lists) => lists.every((list) => list.id !== id),
        { so: 'It is no longer there.', notSo: 'It is still there.' },
      );
    },
  },
  {
    descriptor: {
      id: 'watch-list.add-symbol',
      group: 'Watch lists',
      label: 'Add a symbol',
      help: 'A symbol in USDT. Symbols in all: 10 on free, 30 on pro, no limit on elite.',
      params: [idField, symbolField],
      risk: 'neutral',
      scope: 'item',
      concerns,
    },
    plan(params) {
      const id = idParam(params);
      const symbol = listedSymbolParam(params);
      return listPlan(
        (client) => client.send('POST', `${pathOf(id)}/symbols`, { symbol }, DECISION),
        `${symbol} was added.`,
        (lists) => has(lists, id, symbol),
        { so: 'It is on the list.', notSo: 'It is not on the list.' },
      );
    },
  },
  {
    descriptor: {
      id: 'watch-list.remove-symbol',
      group: 'Watch lists',
      label: 'Remove a symbol',
      help: 'Takes a symbol off the list.',
      params: [idField, symbolField],
      risk: 'neutral',
      scope: 'item',
      concerns,
    },
    plan(params) {
      const id = idParam(params);
      const symbol = symbolParam(params);
      const path = `${pathOf(id)}/symbols/${encodeURIComponent(symbol)}`;
      return listPlan(
        (client) => client.send('DELETE', path, null, DECISION),
        `${symbol} was removed.`,
        (lists) => !has(lists, id, symbol),
        { so: 'It is no longer on the list.', notSo: 'It is still on the list.' },
      );
    },
  },
];

/** Servers of different dates take the one or the other; one that does not know the call has changed nothing. */
async function rename(client: Client, id: string, name: string): Promise<Reply> {
  const reply = await client.send('PUT', pathOf(id), { name }, DECISION);
  if (reply.kind !== 'refused' || reply.status !== 404) return reply;
  return client.send('PATCH', pathOf(id), { name }, DECISION);
}

const idIn = (made: Json | undefined): Json | undefined => member(made ?? null, 'id');
