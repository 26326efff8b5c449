import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';

import { plainText } from '../../lib/clean.ts';
import type { Json, Params } from '../port.ts';
import { contentId } from '../kit/content-id.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { confirmed, contradicted, notYet, prepared, unverifiable } from '../kit/answers.ts';
import { answerOf, check, DECISION, resultText } from './act-definition.ts';
import { aboutModel, AI_MODELS_READ, modelField } from './fields.ts';
import {
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalText,
  ParamError,
  textParam,
} from '../kit/params.ts';
import { idParam, optionalList } from './params.ts';
import type { WireModel } from './protocol.ts';
import { wireModel, wireModels } from './protocol.ts';

const optional = (
  name: string,
  label: string,
  type: FieldDescriptor['type'],
  help?: string,
): FieldDescriptor => ({
  name,
  label,
  type,
  required: false,
  ...(help === undefined ? {} : { help }),
});

const settings: FieldDescriptor[] = [
  optional('description', 'Description', 'long-text'),
  { ...optional('defaultAiModel', 'AI model', 'choice'), choicesFrom: AI_MODELS_READ },
  optional('tradingStyle', 'Style', 'text', 'Such as day-trading, scalping, swing-trading.'),
  optional('instrument', 'Trades', 'text', 'Such as stocks.'),
  optional('allowedTickers', 'Tickers', 'text', 'With commas between; none for all.'),
  optional('allowedOrderTypes', 'Order types', 'text', 'With commas between, such as market, limit.'),
  optional('allowShorting', 'May sell short', 'boolean'),
  optional('marginAccount', 'Margin account', 'boolean'),
  optional('allowOptionsStrategies', 'Options strategies', 'boolean'),
  optional('allowHedging', 'Hedging', 'boolean'),
  optional('modelParameters', 'Parameters of the AI model', 'json'),
  optional('customRules', 'Rules', 'long-text'),
  optional('customInstructions', 'Instructions', 'long-text'),
];

/** Members that the server takes (§4.1); what else a model has is the server's own. */
const TAKEN = [
  'name',
  'description',
  'trading_style',
  'instrument',
  'allow_shorting',
  'margin_account',
  'allow_options_strategies',
  'allow_hedging',
  'allowed_order_types',
  'initial_cash',
  'allowed_tickers',
  'default_ai_model',
  'model_parameters',
  'custom_rules',
  'custom_instructions',
] as const;

const path = (modelId: string): string => `/api/models/${modelId}`;

/** The models themselves. */
export const modelActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'create-model',
      group: 'Models',
      label: 'New model',
      help: 'Adds a model. It does nothing until it is started.',
      params: [
        { name: 'name', label: 'Name', type: 'text', required: true },
        {
          ...optional('initialCash', 'Cash to begin with', 'number', 'Cannot be changed later.'),
          defaultValue: '10000',
        },
        ...settings,
      ],
      risk: 'neutral',
      scope: 'backend',
    },
    async perform({ client, clock, book, baselines }, params) {
      const initialCash = optionalNumber(params, 'initialCash', { min: 1, max: 1_000_000_000 });
      const body = {
        name: textParam(params, 'name', 100),
        ...(initialCash === null ? {} : { initial_cash: initialCash }),
        ...given(params),
      };
      const baseline = { atMs: clock.steadyMs(), ids: new Set(book.ids()) };
      const reply = await client.send('POST', '/api/models', body, DECISION);
      const answer = answerOf(reply, 'The model was added.');
      baselines.note('create-model', params, answer, baseline);
      return answer;
    },
    async verify(tools, params, answer) {
      const stored = await readModels(tools);
      const id = resultText(answer, 'id');
      if (id !== null)
        return stored.some((model) => model.id === id)
          ? confirmed('It is among the models.')
          : contradicted('It is not among the models.');
      const baseline = tools.baselines.of('create-model', params, answer);
      if (baseline === null) return unverifiable('Look among the models.');
      const alike = stored.filter(({ name }) => name.trim() === textParam(params, 'name', 100));
      const ids = alike.map((model) => model.id).toReversed();
      if (tools.baselines.claim(baseline, ids) !== null)
        return confirmed('A new model of that name is there.');
      return notYet(answer, 'No new model of that name shows.');
    },
  },
  {
    descriptor: {
      id: 'update-model',
      group: 'Models',
      label: 'Change',
      help: 'Changes what is filled in; the rest stays as it is. A field cannot be emptied: the server leaves it as it was. The cash to begin with cannot be changed.',
      params: [modelField, optional('name', 'Name', 'text'), ...settings],
      risk: 'neutral',
      scope: 'item',
      concerns: aboutModel,
    },
    /** The server resets whatever is left out (§7.11), so the model is read afresh and sent back whole. */
    async perform({ client }, params) {
      const modelId = idParam(params, 'modelId');
      const { read } = (await client.read('/api/models', wireModels, DECISION)).models;
      const current = read.find(({ id }) => id === modelId);
      if (current === undefined) throw new ParamError('AI-Trader has no such model any more.');
      const name = optionalText(params, 'name', 100);
      if (name === null && current.name === '')
        throw new ParamError('AI-Trader shows no name of this model; give it one.');
      const body = { ...wholeOf(current), ...(name === null ? {} : { name }), ...given(params) };
      return answerOf(await client.send('PUT', path(modelId), body, DECISION), 'The model was changed.');
    },
    async verify(tools, params) {
      const modelId = idParam(params, 'modelId');
      const stored = (await readModels(tools)).find(({ id }) => id === modelId);
      if (stored === undefined) return contradicted('AI-Trader has no such model any more.');
      const name = optionalText(params, 'name', 100);
      const wanted = { ...(name === null ? {} : { name }), ...given(params) };
      const differs = Object.entries(wanted).filter(
        // The database keeps members of an object in an order of its own.
        ([member, value]) => contentId([stored[member]]) !== contentId([value]),
      );
      return differs.length === 0
        ? confirmed('AI-Trader shows it as it was changed.')
        : contradicted(
            `AI-Trader shows otherwise: ${plainText(differs.map(([member]) => member).join(', '), 200)}.`,
          );
    },
  },
  {
    descriptor: {
      id: 'delete-model',
      group: 'Models',
      label: 'Delete',
      help: 'Deletes a model with all of its runs, positions and logs.',
      params: [modelField],
      risk: 'neutral',
      confirm: 'Delete this model with all of its runs, positions and logs? It cannot be brought back.',
      scope: 'item',
      concerns: aboutModel,
    },
    async prepare(tools, params) {
      const modelId = idParam(params, 'modelId');
      await tools.rereads.activity(modelId, DECISION);
      const isActive = tools.book.active(modelId).length > 0;
      const detail = isActive
        ? 'It runs. Deleting it does not stop that: stop it first.'
        : 'Nothing of it runs.';
      return prepared(check(isActive ? 'warn' : 'pass', 'model-is-idle', 'Not running', detail));
    },
    perform: async ({ client }, params) =>
      answerOf(
        await client.send('DELETE', path(idParam(params, 'modelId')), null, DECISION),
        'The model was deleted.',
      ),
    async verify(tools, params) {
      const stored = await readModels(tools);
      const isThere = stored.some(({ id }) => id === idParam(params, 'modelId'));
      return isThere
        ? contradicted('It is still among the models.')
        : confirmed('It is no longer among the models.');
    },
  },
];

/** The models as they are now, made known on the way. */
async function readModels(tools: Tools): Promise<WireModel[]> {
  const { read, unreadable } = (await tools.client.read('/api/models', wireModels, DECISION)).models;
  tools.book.readModels(read, unreadable === 0);
  tools.book.tell();
  tools.settle();
  return read;
}

/** What is filled in, by the server's names. */
function given(params: Params): Record<string, Json> {
  const all: Record<string, Json | null> = {
    description: optionalText(params, 'description', 2_000),
    default_ai_model: optionalText(params, 'defaultAiModel', 120),
    trading_style: optionalText(params, 'tradingStyle', 60),
    instrument: optionalText(params, 'instrument', 60),
    allowed_tickers: optionalList(params, 'allowedTickers'),
    allowed_order_types: optionalList(params, 'allowedOrderTypes'),
    allow_shorting: optionalBoolean(params, 'allowShorting'),
    margin_account: optionalBoolean(params, 'marginAccount'),
    allow_options_strategies: optionalBoolean(params, 'allowOptionsStrategies'),
    allow_hedging: optionalBoolean(params, 'allowHedging'),
    model_parameters: optionalObject(params, 'modelParameters'),
    custom_rules: optionalText(params, 'customRules', 20_000),
    custom_instructions: optionalText(params, 'customInstructions', 20_000),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** As read; cash is sent as the number that it was, although the server passes it over. */
function wholeOf(model: WireModel): Record<string, unknown> {
  const parsed: Record<string, unknown> = wireModel.parse(model);
  const members = TAKEN.flatMap((name): [string, unknown][] => {
    const value =
      name === 'initial_cash' && model.initial_cash !== null ? Number(model.initial_cash) : parsed[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(members);
}
