import type { FieldDescriptor, ReadDescriptor } from '#shared/domain/backends/backend.ts';

import { cleanJson } from '../../lib/clean.ts';
import type { Json, Params } from '../port.ts';
import type { Tools } from './act-definition.ts';
import { ParamError } from '../kit/params.ts';
import type { ReadDefinition } from '../kit/reading.ts';
import { anyJson, asked, readsFrom, rowsUnder } from '../kit/reading.ts';
import { symbolParam } from './params.ts';

interface CallDefinition {
  descriptor: ReadDescriptor;
  path: (params: Params) => string;
  isOfAccount: boolean;
  shape: (answer: Json) => Json;
}

/** A call that needs nobody's sign-in. */
const open = (
  descriptor: Omit<ReadDescriptor, 'free'>,
  path: CallDefinition['path'],
  shape: CallDefinition['shape'],
): CallDefinition => ({ descriptor: { ...descriptor, free: true }, path, isOfAccount: false, shape });

const ofAccount = (...given: Parameters<typeof open>): CallDefinition => ({
  ...open(...given),
  isOfAccount: true,
});

const symbolField: FieldDescriptor = {
  name: 'symbol',
  label: 'Symbol',
  type: 'text',
  required: false,
  placeholder: 'BTCUSDT',
};

/** What VolSpike can be asked. Its `subscriptions` and older `alerts` always fail (§7.7) and are not asked for. */
export const readDefinitions: readonly CallDefinition[] = [
  open(
    {
      id: 'recent',
      group: 'Alerts',
      label: 'Recent alerts',
      help: 'Alerts of the last hours, at most 100.',
      figures: {
        currentVolume: 'usd',
        previousVolume: 'usd',
        volumeRatio: 'ratio',
        fundingRate: 'funding-rate',
        priceChange: 'fraction-change',
        oiChange: 'fraction-change',
      },
      params: [
        {
          name: 'hours',
          label: 'Hours',
          type: 'number',
          required: false,
          min: 1,
          max: 720,
          defaultValue: '24',
        },
      ],
      view: 'table',
      caution: 'This list pays no regard to tiers: it shows what a subscription would hold back.',
    },
    (params) => `/api/volume-alerts/recent?hours=${hoursOf(params)}&limit=100`,
    rowsUnder('alerts'),
  ),
  open(
    {
      id: 'open-interest',
      group: 'Market',
      label: 'Open interest',
      help: 'In dollars by symbol, as the server last gathered it. Empty after its restart.',
      figures: { data: 'usd' },
      params: [],
      view: 'detail',
    },
    () => '/api/market/open-interest',
    cleanJson,
  ),
  open(
    {
      id: 'liquid-universe',
      group: 'Market',
      label: 'Liquid symbols',
      help: 'Which symbols the detector watches, and the volumes at which one enters and leaves.',
      figures: { enterThreshold: 'usd', exitThreshold: 'usd' },
      params: [],
      view: 'detail',
    },
    () => '/api/market/open-interest/liquid-universe',
    cleanJson,
  ),
  ofAccount(
    {
      id: 'open-interest-alerts',
      group: 'Alerts',
      label: 'Open-interest alerts',
      help: 'For pro and elite accounts.',
      params: [symbolField],
      view: 'table',
    },
    (params) => {
      const symbol = params.symbol === undefined || params.symbol === '' ? null : symbolParam(params);
      return `/api/open-interest-alerts?limit=100${symbol === null ? '' : `&symbol=${encodeURIComponent(symbol)}`}`;
    },
    rowsUnder('alerts'),
  ),
  ofAccount(
    {
      id: 'market-data',
      group: 'Market',
      label: 'Market data',
      help: 'Prices as the server has them, with its word on whether they are stale.',
      figures: {
        volume24h: 'usd',
        volumeChange: 'percent-change',
        fundingRate: 'funding-rate',
        openInterest: 'usd',
      },
      params: [],
      view: 'detail',
      caution: 'While its own source is down the server answers an empty list and says that it is stale.',
    },
    () => '/api/market/data',
    cleanJson,
  ),
  ofAccount(
    {
      id: 'limits',
      group: 'Account',
      label: 'Limits of the tier',
      help: 'How many watch lists and symbols there may be, and are.',
      params: [],
      view: 'detail',
    },
    () => '/api/watchlist/limits',
    cleanJson,
  ),
  ofAccount(
    {
      id: 'sessions',
      group: 'Account',
      label: 'Signed-in devices',
      help: 'The sessions of the account. Free and pro have one device.',
      params: [],
      view: 'table',
    },
    () => '/api/auth/sessions',
    rowsUnder('sessions'),
  ),
];

/** Asks with the account where the call is of somebody, and openly where it is not. */
const asRead = ({ descriptor, path, isOfAccount, shape }: CallDefinition): ReadDefinition<Tools> => ({
  descriptor,
  async run(context) {
    const target = path(context.params);
    const { account, publicClient } = context.tools;
    const client = isOfAccount ? await account.client() : publicClient;
    return shape(await client.read(target, anyJson, asked(context)));
  },
});

/** Answers a read in the shape of its view. Rejects in a person's words. */
export const runRead = readsFrom(readDefinitions.map(asRead), 'VolSpike');

/** The server answers 500 where it is no number. */
function hoursOf({ hours = 24 }: Params): number {
  const value = hours === '' ? 24 : Number(hours);
  if (!Number.isFinite(value) || value < 1 || value > 720)
    throw new ParamError('The hours must be between 1 and 720.');
  return Math.floor(value);
}
