import { isMembers } from '#shared/json.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Disposer } from '../../lib/disposables.ts';
import { executeApproval, insertApproval, patchApproval } from '../coinruler/approvals.ts';
import type { Coinruler } from '../coinruler/context.ts';
import { nowIso, tellAlert } from '../coinruler/context.ts';
import type { ApprovalDocument } from '../coinruler/documents.ts';
import { scriptedId } from '../ids.ts';
import { findAsset } from '../market/assets.ts';
import type { Random } from '../random.ts';
import { createRandom, seedFor } from '../random.ts';
import type { ScriptState } from './script-state.ts';

/**
 * Plays a fixed list of events. Each depends only on the script's seed, its own number and what the script did before,
 * and is saved together with its number. So a run that is killed and restarted anywhere ends like an undisturbed one:
 * same ids, statuses and balances. Proposals for clients wait for them; the script goes on only while few are waiting.
 */
export function startScript(desk: Coinruler, script: ScriptState): Disposer {
  const periodMs = script.perSecond === null ? 1 : SECOND_MS / script.perSecond;
  const batch = script.perSecond === null ? FAST_BATCH : 1;
  const stop = desk.clock.every(periodMs, () => {
    if (script.next >= script.total) stop();
    // A batch is saved in one go, and told after that.
    else if (waitingForClients(desk) < MAX_WAITING) desk.unit.commit(() => playBatch(desk, script, batch));
  });
  return stop;
}

function playBatch(desk: Coinruler, script: ScriptState, batch: number): void {
  const end = Math.min(script.total, script.next + batch);
  while (script.next < end && waitingForClients(desk) < MAX_WAITING) {
    const index = script.next;
    script.next += 1;
    play(desk, script, index, createRandom(seedFor(script.seed, `event ${index}`)));
  }
}

function play(desk: Coinruler, script: ScriptState, index: number, random: Random): void {
  const mine = ownPending(desk);
  const roll = random.next();
  if (roll < 0.4 && mine.length < MAX_OWN_PENDING) propose(desk, script, index, random);
  else if (roll < 0.6) decline(desk, mine[random.whole(0, mine.length - 1)]);
  else if (roll < 0.75) execute(desk, mine[random.whole(0, mine.length - 1)]);
  else if (roll < 0.9)
    tellAlert(desk, 'system', random.pick(SEVERITIES), `Scripted alert ${index}`, { index });
  else deposit(desk, random);
}

function propose(desk: Coinruler, script: ScriptState, index: number, random: Random): void {
  const symbol = random.pick(['BTC', 'ETH', 'SOL', 'XRP']);
  const side = random.pick(['buy', 'sell']);
  const price = findAsset(symbol)?.anchorPrice ?? 1;
  const amount = Number((random.between(20, 200) / price).toFixed(6));
  const forClient = script.clientEvery !== null && index % script.clientEvery === 0;
  const action = { type: side === 'buy' ? 'enter' : 'exit', symbol, allocationPct: 0.01 };
  const approval = insertApproval(
    desk,
    {
      type: side,
      coin: symbol,
      amount,
      title: `Scripted ${side} of ${amount} ${symbol}`,
      summary: `Event ${index} of a scripted run`,
      metadata: {
        currentPrice: price,
        script: { index, decidedBy: forClient ? 'client' : 'script' },
        intent: { action },
      },
    },
    scriptedId(script.seed, index),
  );
  desk.unit.tell('approval:created', approval);
}

function decline(desk: Coinruler, approval: ApprovalDocument | undefined): void {
  if (approval !== undefined) patchApproval(desk, approval._id, 'declined', 'script');
}

/** Changes the status without `approval:updated`, as an execution by another client does. */
function execute(desk: Coinruler, approval: ApprovalDocument | undefined): void {
  if (approval !== undefined) executeApproval(desk, approval._id, undefined, 'script');
}

function deposit(desk: Coinruler, random: Random): void {
  const amount = random.whole(1, 500);
  desk.account.deposit('USDC', amount, 1);
  const snapshot = {
    ...desk.account.balances(),
    _prices: desk.market.prices(),
    timestamp: nowIso(desk),
    reason: 'scripted',
  };
  desk.unit.tell('portfolio:updated', { snapshot, reason: 'scripted', isDeposit: true });
}

const ownPending = (desk: Coinruler): ApprovalDocument[] => scripted(desk, 'script');
const waitingForClients = (desk: Coinruler): number => scripted(desk, 'client').length;

function scripted(desk: Coinruler, decidedBy: 'script' | 'client'): ApprovalDocument[] {
  return desk.state.approvals.filter((one) => {
    const metadata = one.metadata;
    const mark = isMembers(metadata) ? metadata.script : undefined;
    return one.status === 'pending' && isMembers(mark) && mark.decidedBy === decidedBy;
  });
}

const SEVERITIES = ['info', 'medium', 'warning', 'high', 'critical'] as const;
/** Together they stay within the first page of pending approvals, so that a client can see all of them. */
const MAX_OWN_PENDING = 12;
const MAX_WAITING = 6;
const FAST_BATCH = 5;
