import type { DeskReader } from '../../desk/port.ts';
import type { SliceName } from '#shared/domain/desk.ts';

import type { Dump, Glance } from './messages.ts';

/** What a person sees who is about to do something. */
export function glanceAt(desk: DeskReader): Glance {
  return {
    links: values(desk, 'links').map(({ backendId, linkId, state }) => ({
      backendId,
      linkId,
      state: state.kind,
      cause: 'cause' in state ? state.cause.code : null,
      message: 'cause' in state ? state.cause.message : null,
    })),
    panic: values(desk, 'panic')[0] ?? { kind: 'clear' },
    pending: values(desk, 'approvals')
      .filter(({ status }) => status === 'pending')
      .map(({ backendId, id, executable }) => ({ backendId, id, executable })),
    models: values(desk, 'models').map(({ backendId, id, status, aiModel }) => ({
      backendId,
      id,
      status,
      aiModel,
    })),
    traders: values(desk, 'traders').map(({ backendId, id }) => ({ backendId, id })),
    follows: values(desk, 'follows').map(({ backendId, id, state }) => ({ backendId, id, state })),
  };
}

/** What the desk shows, for the oracle. */
export function describeDesk(desk: DeskReader): Omit<Dump, 'heapBytes'> {
  return {
    ...glanceAt(desk),
    approvals: values(desk, 'approvals').map(({ backendId, id, status, decidedHere }) => ({
      backendId,
      id,
      status,
      decidedHere,
    })),
    holdings: values(desk, 'holdings').map(({ backendId, asset, quantity }) => ({
      backendId,
      asset,
      quantity,
    })),
    killSwitches: values(desk, 'killSwitches'),
    runs: values(desk, 'runs').map(({ backendId, id, modelId, status }) => ({
      backendId,
      id,
      modelId,
      status,
    })),
    futures: desk.size('futures'),
    spikes: values(desk, 'spikes').map(({ backendId, id, kind }) => ({ backendId, id, kind })),
    quotes: values(desk, 'quotes').map(({ backendId, id, price }) => ({ backendId, id, price })),
    thresholds: values(desk, 'thresholds').map(({ backendId, id }) => ({ backendId, id })),
    sizes: Object.fromEntries(SLICES.map((slice) => [slice, desk.size(slice)])),
  };
}

const values = <S extends SliceName>(desk: DeskReader, slice: S) =>
  [...desk.entries(slice)].map(([, value]) => value);

const SLICES = [
  'alerts',
  'trades',
  'equity',
  'approvals',
  'quotes',
  'predictions',
  'patterns',
  'activity',
  'spikes',
  'futures',
  'runs',
  'positions',
] as const;
