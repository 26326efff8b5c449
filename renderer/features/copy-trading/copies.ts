import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import { positionOwner } from '#shared/domain/portfolio/position.ts';

/** A copied position beside the trader's own. */
export interface CopyPair {
  key: string;
  /** `null` where the trader holds something that is not copied. */
  copy: Position | null;
  theirs: Position | null;
  /** `missed-exit`: the trader is out and the copy is not. `unknown`: what the trader holds is not told. */
  state: 'both' | 'missed-exit' | 'unknown' | 'not-copied';
}

/** "BTC/USDC", "BTC-USDT" and "btc" are the same thing here, as backends write one in several ways. */
export function marketOf(symbol: string): string {
  const [base = ''] = symbol.toUpperCase().split(/[-/_:]/, 1);
  return base.replace(/(?<=.)(?:USDT|USDC|USD)$/, '');
}

/**
 * Puts each copy beside its trader's position in the same market and direction. A missed exit is what the backend raised an
 * alert about; that nothing is known of the trader's side is no proof of one.
 */
export function pairCopies(positions: Iterable<Position>, alerts: Iterable<Alert>): CopyPair[] {
  const copies: Position[] = [];
  const theirs: Position[] = [];
  for (const position of positions) {
    if (position.owner === positionOwner.copy) copies.push(position);
    else if (position.owner.startsWith(positionOwner.trader(''))) theirs.push(position);
  }
  const missed = [...alerts].filter(({ kind }) => kind === 'missed_exit');
  const paired = new Set<Position>();
  const pairs = copies.map((copy): CopyPair => {
    const twin = theirs.find((position) => isTwin(copy, position)) ?? null;
    if (twin !== null) paired.add(twin);
    const state =
      twin !== null ? 'both' : missed.some((alert) => isAbout(alert, copy)) ? 'missed-exit' : 'unknown';
    return { key: keyOf(copy), copy, theirs: twin, state };
  });
  const rest = theirs.filter((position) => !paired.has(position));
  return [
    ...pairs.sort((a, b) => Number(b.state === 'missed-exit') - Number(a.state === 'missed-exit')),
    ...rest.map((position): CopyPair => ({
      key: keyOf(position),
      copy: null,
      theirs: position,
      state: 'not-copied',
    })),
  ];
}

/** The pairs of one trader. */
export const pairsOf = (pairs: readonly CopyPair[], trader: { backendId: string; id: string }): CopyPair[] =>
  pairs.filter(({ copy, theirs }) => {
    const position = copy ?? theirs;
    return position?.backendId === trader.backendId && position.traderId === trader.id;
  });

const isTwin = (copy: Position, theirs: Position): boolean =>
  copy.backendId === theirs.backendId &&
  copy.traderId !== null &&
  copy.traderId === theirs.traderId &&
  copy.side === theirs.side &&
  marketOf(copy.symbol) === marketOf(theirs.symbol);

/** Raised about this copy: same backend, market and side, and not before it was opened. */
function isAbout(alert: Alert, copy: Position): boolean {
  if (alert.backendId !== copy.backendId || alert.instrument === null) return false;
  if (marketOf(alert.instrument) !== marketOf(copy.symbol)) return false;
  const side = alert.facts.find(({ name }) => name.toLowerCase() === 'side')?.value.toLowerCase();
  if (side !== undefined && side !== copy.side) return false;
  return copy.openedAtMs === null || alert.receivedAtMs >= copy.openedAtMs;
}

const keyOf = ({ backendId, id }: Position): string => `${backendId}/${id}`;
