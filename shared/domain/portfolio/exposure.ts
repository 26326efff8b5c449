import { t } from '../../words.ts';

import type { DecimalString } from '../../money.ts';
import { compare } from '../../money.ts';
import type { Follow } from '../bots/copy-trading.ts';
import type { Model } from '../bots/model.ts';
import type { Holding, Portfolio } from './portfolio.ts';
import type { Position } from './position.ts';
import { positionOwner } from './position.ts';

/** What a halt leaves open on one backend (K16). A halt stops what acts; it sells nothing. */
export interface OpenExposure {
  valueUsd: DecimalString | null;
  /** What is held, the greatest value first. */
  assets: string[];
  /** The person's own copied positions, and those of models. */
  copies: number;
  modelPositions: number;
  /** By name: what still runs, and who is still followed as far as the desk knows. */
  runningModels: string[];
  follows: string[];
}

interface ExposureSources {
  portfolio: Portfolio | undefined;
  holdings: Iterable<Holding>;
  positions: Iterable<Position>;
  models: Iterable<Model>;
  follows: Iterable<Follow>;
}

export function openExposure(backendId: string, desk: ExposureSources): OpenExposure {
  const mine = <T extends { backendId: string }>(all: Iterable<T>): T[] =>
    [...all].filter((one) => one.backendId === backendId);
  const positions = mine(desk.positions);
  return {
    valueUsd: desk.portfolio?.totalUsd ?? null,
    assets: mine(desk.holdings)
      .filter(({ valueUsd }) => valueUsd !== null && compare(valueUsd, '0') !== 0)
      .sort((a, b) => compare(b.valueUsd ?? '0', a.valueUsd ?? '0'))
      .map(({ asset }) => asset),
    copies: positions.filter(({ owner }) => owner === positionOwner.copy).length,
    modelPositions: positions.filter(({ owner }) => owner.startsWith(MODEL_PREFIX)).length,
    runningModels: mine(desk.models)
      .filter(({ status }) => AT_WORK.has(status))
      .map(({ name }) => name),
    follows: mine(desk.follows)
      .filter(({ state }) => state !== 'lost')
      .map(({ traderName }) => traderName),
  };
}

const MODEL_PREFIX = positionOwner.model('');
const AT_WORK: ReadonlySet<Model['status']> = new Set(['queued', 'starting', 'running', 'stopping']);

/** The same in words beside the value, the most pressing first; empty where nothing is known to be open. */
export function exposureWords({
  assets,
  copies,
  modelPositions,
  runningModels,
  follows,
}: Omit<OpenExposure, 'valueUsd'>): string[] {
  return [
    ...(runningModels.length > 0
      ? [
          t('{count, plural, one {# model} other {# models}} at work: {runningModels}', {
            count: runningModels.length,
            runningModels: some(runningModels),
          }),
        ]
      : []),
    ...(follows.length > 0
      ? [
          t('{count, plural, one {# trader} other {# traders}} followed: {follows}', {
            count: follows.length,
            follows: some(follows),
          }),
        ]
      : []),
    ...(copies > 0
      ? [t('{count, plural, one {# copied position} other {# copied positions}}', { count: copies })]
      : []),
    ...(modelPositions > 0
      ? [
          t('{count, plural, one {# simulated position} other {# simulated positions}}', {
            count: modelPositions,
          }),
        ]
      : []),
    ...(assets.length > 0 ? [t('held in {assets}', { assets: some(assets) })] : []),
  ];
}

const some = (names: readonly string[]): string =>
  names.length <= 3
    ? names.join(', ')
    : t('{list} and {count} more', { list: names.slice(0, 3).join(', '), count: names.length - 3 });
