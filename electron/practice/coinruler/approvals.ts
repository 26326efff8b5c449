import { isMembers } from '#shared/json.ts';

import { isObjectId } from '../ids.ts';
import type { Answer } from './answer.ts';
import { failure, json } from './answer.ts';
import type { Coinruler } from './context.ts';
import { newId, nowIso, tellAlert } from './context.ts';
import type { ApprovalDocument } from './documents.ts';
import { textOf } from './documents.ts';
import { requestCode, verifyCode } from './mfa.ts';
import { placeOrder, recordExecution, tellTrade, watchFill } from './trading.ts';

/** Words of the database driver for an id that is none (seen on the wire). */
export const MALFORMED_ID = 'input must be a 24 character hex string, 12 byte Uint8Array, or an integer';

/** Newest first. There is no way to read others than the pending ones (sheet, section 4.1). */
export const pendingApprovals = (desk: Coinruler, limit: number): ApprovalDocument[] =>
  desk.state.approvals
    .filter((one) => one.status === 'pending')
    .toReversed()
    .slice(0, limit);

const findApproval = (desk: Coinruler, id: string): ApprovalDocument | undefined =>
  desk.state.approvals.find((one) => one._id === id.toLowerCase());

/** Stores whatever it is given; status and creation time are the server's. */
export function insertApproval(
  desk: Coinruler,
  members: Record<string, unknown>,
  id = newId(desk),
): ApprovalDocument {
  const document: ApprovalDocument = { ...members, status: 'pending', createdAt: nowIso(desk), _id: id };
  desk.state.approvals.push(document);
  forgetOldest(desk);
  return document;
}

/** Created by a client: the answer and the event carry `id` first and `_id` last. */
export function createByClient(desk: Coinruler, body: Record<string, unknown>): Answer {
  return desk.unit.commit(() => {
    const { _id, ...stored } = insertApproval(desk, body);
    const created = { id: _id, ...stored, _id };
    desk.unit.tell('approval:created', created);
    return json(created);
  });
}

/** Marks, without looking: any text is a status, and an unknown id is fine too (sheet, section 4.1). */
export function patchApproval(desk: Coinruler, id: string, status: unknown, actedBy: unknown): Answer {
  if (!isObjectId(id)) return failure(500, MALFORMED_ID);
  return desk.unit.commit(() => {
    const found = findApproval(desk, id);
    if (found !== undefined) {
      Object.assign(found, { status: status ?? null, actedBy: actedBy ?? null, actedAt: nowIso(desk) });
    }
    desk.unit.tell('approval:updated', { id, status, actedBy });
    return json({ ok: true });
  });
}

/** Trades, also straight from `pending` and also while halted; the kill switch is not consulted (sheet, section 4.1). */
export function executeApproval(
  desk: Coinruler,
  id: string,
  mfaCode: unknown,
  actedBy = 'owner:manual',
): Answer {
  if (!isObjectId(id)) return failure(500, MALFORMED_ID);
  const found = findApproval(desk, id);
  if (found === undefined) return failure(404, 'Approval not found');
  if (found.status !== 'pending' && found.status !== 'approved') {
    return failure(400, 'Approval not executable in current status');
  }
  const wanted = readIntent(desk, found);
  if (wanted === null) return failure(400, 'No intent action data');
  if (wanted.amount <= 0) return failure(400, 'Calculated amount <= 0; insufficient balance or allocation');
  return desk.unit.commit(
    () =>
      collateralBlock(desk, wanted) ??
      codeBlock(desk, id, mfaCode, wanted) ??
      trade(desk, found, id, wanted, actedBy),
  );
}

interface Wanted {
  side: 'buy' | 'sell';
  symbol: string;
  amount: number;
  price: number;
  scripted: boolean;
}

/** Size is a share of the live balance, not the proposal's amount; scripted proposals carry their quantity and price. */
function readIntent(desk: Coinruler, approval: ApprovalDocument): Wanted | null {
  const metadata = approval.metadata;
  const intent = isMembers(metadata) ? metadata.intent : undefined;
  const action = isMembers(intent) ? intent.action : undefined;
  if (!isMembers(action) || !isMembers(metadata)) return null;
  const symbol = textOf(action.symbol, 'BTC').toUpperCase();
  const side = action.type === 'exit' ? 'sell' : 'buy';
  if (isScripted(approval)) {
    return {
      side,
      symbol,
      amount: Number(approval.amount),
      price: Number(metadata.currentPrice),
      scripted: true,
    };
  }
  const balance = desk.account.balances()[symbol] ?? 0;
  const share = Number((balance * Number(action.allocationPct || 0.01)).toFixed(6));
  const amount = side === 'buy' ? share || 0.001 : Math.min(share, balance);
  return { side, symbol, amount, price: desk.market.price(symbol), scripted: false };
}

function collateralBlock(desk: Coinruler, wanted: Wanted): Answer | null {
  const btcLocked = desk.account.btcLocked();
  if (wanted.side !== 'sell' || wanted.symbol !== 'BTC' || btcLocked <= 0) return null;
  const prices = desk.market.prices();
  const btcFree = Math.max(0, (desk.account.balances().BTC ?? 0) - btcLocked);
  if (wanted.amount <= btcFree) return null;
  const ltv = desk.account.ltv(prices);
  const error = `Cannot sell ${wanted.amount} BTC: only ${btcFree.toFixed(8)} BTC available (${btcLocked.toFixed(8)} BTC locked as collateral). Never sell collateral!`;
  const status = {
    hasCollateral: true,
    btcLocked,
    btcFree,
    ltv,
    health: 1 - ltv,
    canSellBTC: false,
    warningMessage: error,
  };
  const data = { symbol: wanted.symbol, amount: wanted.amount, status };
  tellAlert(desk, 'collateral_blocked', 'critical', `🚫 BTC SELL BLOCKED: ${error}`, data);
  return { kind: 'json', status: 403, body: { error, collateralStatus: status, blocked: true } };
}

function codeBlock(desk: Coinruler, id: string, mfaCode: unknown, wanted: Wanted): Answer | null {
  const estimatedValueUSD = wanted.amount * wanted.price;
  if (wanted.scripted || estimatedValueUSD <= desk.state.mfaThresholdUsd) return null;
  if (!mfaCode) {
    const details = { type: wanted.side, asset: wanted.symbol, quantity: wanted.amount, estimatedValueUSD };
    const { expiresAt } = requestCode(desk, id, details);
    const error = 'MFA required for large trade';
    const message =
      'Check terminal for verification code (expires in 5 minutes). On the practice desk, ask the analyst for the code.';
    return {
      kind: 'json',
      status: 403,
      body: { error, mfaRequired: true, estimatedValueUSD, expiresAt, message },
    };
  }
  const error = verifyCode(desk, id, mfaCode);
  return error === null ? null : { kind: 'json', status: 403, body: { error, mfaFailed: true } };
}

function trade(
  desk: Coinruler,
  approval: ApprovalDocument,
  id: string,
  wanted: Wanted,
  actedBy: string,
): Answer {
  const { side, symbol, amount, price, scripted } = wanted;
  const traded = placeOrder(desk, { side, symbol, quantity: amount, price }, scripted ? approval._id : null);
  tellTrade(desk, { mode: 'manual', side, symbol, amount }, traded.result);
  if (!traded.result.ok) return failure(500, traded.result.error);
  Object.assign(approval, { status: 'executed', actedBy, actedAt: nowIso(desk) });
  const { ok: _ok, ...order } = traded.result;
  const execution = recordExecution(
    desk,
    {
      approvalId: id,
      side,
      symbol,
      amount,
      ...order,
      executedAt: nowIso(desk),
      mode: 'manual',
      dryRun: false,
    },
    // One approval trades at most once, so a scripted trade can be named after it: the same id in every run.
    scripted ? `ee${approval._id.slice(2)}` : undefined,
  );
  tellAlert(
    desk,
    'execution',
    'info',
    `Manual ${side} ${symbol} ${amount} (order=${order.orderId})`,
    execution,
  );
  watchFill(desk, traded);
  return json({ ok: true, trade: traded.result, execution });
}

/** Pending ones are never forgotten; scripted ones only when there are very many, since a run is compared by all of them. */
function forgetOldest(desk: Coinruler): void {
  const { approvals } = desk.state;
  if (approvals.length <= APPROVALS_KEPT) return;
  const all = approvals.length > SCRIPTED_KEPT;
  const oldest = approvals.findIndex((one) => one.status !== 'pending' && (all || !isScripted(one)));
  if (oldest >= 0) approvals.splice(oldest, 1);
}

const isScripted = (approval: ApprovalDocument): boolean =>
  isMembers(approval.metadata) && isMembers(approval.metadata.script);

const APPROVALS_KEPT = 400;
const SCRIPTED_KEPT = 5_000;
