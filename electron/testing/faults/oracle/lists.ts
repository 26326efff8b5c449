import { z } from 'zod';

import type { LedgerLine } from '../ledger.ts';
import type { Dump } from '../messages.ts';
import type { Ending } from '../play.ts';
import type { Violation } from './violation.ts';

const truthSchema = z.object({
  pending: z.array(z.string()),
  balances: z.record(z.string(), z.number()),
  killSwitch: z.object({ enabled: z.boolean() }),
  aiModels: z.array(
    z.object({ id: z.number(), runs: z.array(z.object({ id: z.number(), status: z.string() })) }),
  ),
  copyTrading: z.object({ follows: z.array(z.object({ trader: z.string() })) }),
  volspike: z.object({ userAlerts: z.array(z.object({ id: z.string() })) }),
  prices: z.record(z.string(), z.number()),
});
type Truth = z.infer<typeof truthSchema>;

/** D3: with everything back the desk shows what the servers have: no ghost, nothing missed, nothing twice. */
export function judgeLists(ledger: readonly LedgerLine[], { desk, truths }: Ending): Violation[] {
  if (desk === null) return [{ promise: 'D3', words: 'there was no desk to look at' }];
  return [
    ...ledger.flatMap((line) => (line.kind === 'fell-back' ? [{ promise: 'D3', words: line.words }] : [])),
    ...[...truths].flatMap(([kind, truth]) => judgeKind(kind, desk, truthSchema.parse(truth))),
  ];
}

function judgeKind(kind: string, desk: Dump, truth: Truth): Violation[] {
  const of = <T extends { backendId: string }>(list: readonly T[]): T[] =>
    list.filter(({ backendId }) => backendId === `bot-${kind}`);
  switch (kind) {
    case 'coinruler':
      return [
        ...same(
          'pending proposals',
          of(desk.pending).map(({ id }) => id),
          truth.pending,
        ),
        ...same(
          'holdings',
          of(desk.holdings).map(({ asset, quantity }) => `${Number(quantity)} ${asset}`),
          Object.entries(truth.balances).map(([asset, quantity]) => `${quantity} ${asset}`),
        ),
        ...same(
          'kill switch',
          of(desk.killSwitches).map(({ enabled }) => String(enabled)),
          [String(truth.killSwitch.enabled)],
        ),
      ];
    case 'ai-trader': {
      const runs = truth.aiModels.flatMap((model) => model.runs);
      const known = new Map(runs.map(({ id, status }) => [String(id), status]));
      const shown = of(desk.runs);
      return [
        ...same(
          'models',
          of(desk.models).map(({ id }) => id),
          truth.aiModels.map(({ id }) => String(id)),
        ),
        ...same(
          'active runs',
          shown.filter(({ status }) => ACTIVE.has(status)).map(({ id }) => id),
          runs.filter(({ status }) => ACTIVE.has(status)).map(({ id }) => String(id)),
        ),
        ...same(
          'runs shown',
          shown.map(({ id, status }) => `${id} ${status}`),
          shown.map(({ id }) => `${id} ${known.get(id) ?? 'is not there'}`),
        ),
      ];
    }
    case 'copy-trading':
      return same(
        'follows',
        of(desk.follows)
          .filter(({ state }) => state === 'following' || state === 'unverified')
          .map(({ id }) => id.toLowerCase()),
        truth.copyTrading.follows.map(({ trader }) => trader.toLowerCase()),
      );
    case 'volspike':
      return same(
        'thresholds',
        of(desk.thresholds).map(({ id }) => id),
        truth.volspike.userAlerts.map(({ id }) => id),
      );
    case 'market-hub': {
      const quotes = of(desk.quotes).filter(({ id }) => truth.prices[id.replace(/USDT?$/, '')] !== undefined);
      return same(
        'prices',
        quotes.map(({ id, price }) => `${id} ${Number(price)}`),
        quotes.map(({ id }) => `${id} ${truth.prices[id.replace(/USDT?$/, '')]}`),
      );
    }
    default:
      return [];
  }
}

const ACTIVE = new Set(['queued', 'running', 'pending', 'starting']);

function same(what: string, shown: readonly string[], wanted: readonly string[]): Violation[] {
  const ghosts = without(shown, wanted);
  const missed = without(wanted, shown);
  return [
    ...ghosts.map((one) => ({
      promise: 'D3',
      words: `${what}: ${one} is shown, and the server has no such`,
    })),
    ...missed.map((one) => ({ promise: 'D3', words: `${what}: ${one} is not shown` })),
  ];
}

/** Each as often as it is there. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
