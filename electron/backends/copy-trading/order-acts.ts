import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { Position } from '#shared/domain/portfolio/position.ts';
import { compare, divide, sum, toFloat } from '#shared/money.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import type { ActAnswer, Params } from '../port.ts';
import type { ActDefinition } from './act-definition.ts';
import { accepted, refused } from '../kit/answers.ts';
import { answerOf, block, isByHand, NOT_BY_HAND, pass, warn } from './act-definition.ts';
import type { AskOptions } from './ask-options.ts';
import { decimalParam, MONEY, optionalDecimal, optionalText, ParamError, textParam } from '../kit/params.ts';
import { wireExecuted, wireRiskUpdated } from './protocol.ts';
import type { Assessment, CopyOrder } from './risk.ts';
import { assessCopy } from './risk.ts';
import { marketIdOf } from './symbols.ts';
import type { Tools } from './tools.ts';

const DECISION: AskOptions = { priority: 'decision', timeoutMs: 15 * SECOND_MS };

/** An older price says too little of what an order will cost. */
const PRICE_MAX_AGE_MS = 10 * MINUTE_MS;

/** Orders that the server places for whoever asks (§4.4), so they are sent by hand alone (§7.11). */
export const orderActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'copy.execute',
      group: 'Orders',
      label: 'Copy an order now',
      help: 'Places one order as this trader did, in a size that your limits for them allow.',
      params: [
        {
          name: 'traderWallet',
          label: 'Trader',
          type: 'choice',
          required: true,
          choicesFrom: 'trader-choices',
        },
        { name: 'marketId', label: 'Market', type: 'text', required: true, placeholder: 'APT-USDC' },
        {
          name: 'side',
          label: 'Side',
          type: 'choice',
          required: true,
          choices: [
            { value: 'buy', label: 'Buy' },
            { value: 'sell', label: 'Sell' },
          ],
        },
        { name: 'originalSize', label: 'Size of the trader’s order', type: 'number', required: true, min: 0 },
        {
          name: 'copyRatio',
          label: 'Copied at a ratio of',
          type: 'number',
          required: false,
          min: 0,
          max: 10,
          defaultValue: '1',
        },
        {
          name: 'maxTradeSize',
          label: 'Most of this trade',
          type: 'number',
          required: false,
          min: 0,
          help: 'That of your limits for the trader when left empty.',
        },
        { name: 'stopLoss', label: 'Stop-loss price', type: 'number', required: false, min: 0 },
        { name: 'takeProfit', label: 'Take-profit price', type: 'number', required: false, min: 0 },
        { name: 'leverage', label: 'Leverage', type: 'number', required: false, min: 1, max: 100 },
      ],
      risk: 'adds',
      confirm: 'Place a REAL order with the server’s own key? It cannot be taken back from here.',
      scope: 'item',
      concerns: { thing: 'trader', param: 'traderWallet' },
      stakes: { quantity: 'originalSize', times: 'copyRatio', instrument: 'marketId' },
    },
    check: (tools, params) => assess(tools, params).checks,
    perform: execute,
  },
  {
    descriptor: {
      id: 'position.stops',
      group: 'Orders',
      label: 'Set stop-loss and take-profit',
      help: 'Changes at which prices the exchange closes this copy.',
      params: [
        { name: 'positionId', label: 'Position', type: 'text', required: true },
        { name: 'stopLoss', label: 'Stop-loss price', type: 'number', required: false, min: 0 },
        { name: 'takeProfit', label: 'Take-profit price', type: 'number', required: false, min: 0 },
        {
          name: 'orderId',
          label: 'Order id',
          type: 'text',
          required: false,
          help: 'Of the order that opened it, where the position does not say it.',
        },
      ],
      risk: 'neutral',
      confirm: 'Send these prices to the exchange?',
      scope: 'item',
      concerns: { thing: 'position', param: 'positionId' },
    },
    check: stopChecks,
    perform: setStops,
    async verify(tools, params) {
      await tools.rereads.copies(DECISION);
      const position = tools.desk.positions.find(textParam(params, 'positionId'));
      if (position === undefined)
        return { kind: 'unverifiable', message: 'The position is no longer listed.' };
      const { stopLoss, takeProfit } = stopsOf(params);
      const isThere =
        (stopLoss === null || position.stopLoss === stopLoss) &&
        (takeProfit === null || position.takeProfit === takeProfit);
      return isThere
        ? { kind: 'confirmed', message: 'The position shows these prices.' }
        : {
            kind: 'unverifiable',
            message: 'The list of positions does not show these prices; look at the exchange.',
          };
    },
  },
];

function orderOf(params: Params): CopyOrder & { wallet: string; marketId: string } {
  const side = textParam(params, 'side');
  if (side !== 'buy' && side !== 'sell') throw new ParamError('“side” must be buy or sell.');
  const marketId = marketIdOf(textParam(params, 'marketId', 60));
  if (!/^[\p{L}\p{N}]{1,24}(?:-[\p{L}\p{N}]{1,24})?$/u.test(marketId))
    throw new ParamError('“marketId” is no market such as APT-USDC.');
  return {
    wallet: textParam(params, 'traderWallet'),
    marketId,
    side,
    originalSize: decimalParam(params, 'originalSize', MONEY),
    copyRatio: optionalDecimal(params, 'copyRatio', { above: '0', most: '10' }) ?? '1',
    leverage: optionalDecimal(params, 'leverage', { above: '0', most: '100' }),
    maxTradeSize: optionalDecimal(params, 'maxTradeSize', MONEY),
    ...stopsOf(params),
  };
}

const stopsOf = (params: Params) => ({
  stopLoss: optionalDecimal(params, 'stopLoss', MONEY),
  takeProfit: optionalDecimal(params, 'takeProfit', MONEY),
});

function assess({ desk }: Tools, params: Params): Assessment {
  const order = orderOf(params);
  const quote = desk.quoteOf(order.marketId);
  const isFresh = quote !== undefined && desk.now() - quote.receivedAtMs <= PRICE_MAX_AGE_MS;
  const sinceMs = desk.now() - (desk.now() % DAY_MS);
  const today = desk.results().filter(({ atMs }) => atMs >= sinceMs);
  return assessCopy(order, {
    price: isFresh ? quote.price : null,
    priceMayBeSample: desk.simulated(),
    limits: desk.book.active().find(({ wallet }) => wallet === order.wallet)?.settings ?? null,
    resultToday: sum(today.map(({ pnl }) => pnl)),
    trader: desk.roster.byWallet(order.wallet) ?? null,
  });
}

async function execute(tools: Tools, params: Params, origin: string): Promise<ActAnswer> {
  if (!isByHand(origin)) return refused(NOT_BY_HAND);
  const { desk, client } = tools;
  if (desk.wallet === null) return refused('No wallet is given: it is set in Settings, with this backend.');
  const order = orderOf(params);
  const { size, checks } = assess(tools, params);
  const blocked = checks.find(({ verdict }) => verdict === 'block');
  if (size === null || blocked !== undefined) return refused(`Not sent. ${blocked?.detail ?? ''}`);
  const riskParams = {
    ...(order.leverage === null ? {} : { leverage: toFloat(order.leverage) }),
    ...(order.stopLoss === null ? {} : { stopLoss: toFloat(order.stopLoss) }),
    ...(order.takeProfit === null ? {} : { takeProfit: toFloat(order.takeProfit) }),
  };
  const body = {
    traderWallet: order.wallet,
    followerWallet: desk.wallet,
    marketId: order.marketId,
    side: order.side,
    originalSize: toFloat(order.originalSize),
    // The server multiplies the two, so the ratio carries what the limits left of it.
    copyRatio: toFloat(divide(size, order.originalSize) ?? '0'),
    ...(Object.keys(riskParams).length === 0 ? {} : { riskParams }),
  };
  const reply = await client.send('POST', '/copy-trading/execute', body, DECISION);
  if (reply.kind !== 'done') return answerOf(reply, '');
  const executed = wireExecuted.safeParse(reply.body).data?.data;
  if (executed === undefined)
    return {
      kind: 'unknown',
      message: 'The server answered, but not with an order. Look at the exchange before trying again.',
    };
  const side = order.side === 'buy' ? 'long' : 'short';
  const { orderId } = executed;
  desk.handOrders.note({ orderId, wallet: order.wallet, symbol: order.marketId, side, atMs: desk.now() });
  const words = plainText(executed.status, 40) || 'taken';
  return accepted(
    `The server says: ${words}, ${executed.size ?? size} ${order.marketId}, order ${executed.orderId}.`,
    {
      orderId: executed.orderId,
    },
  );
}

function stopChecks({ desk }: Tools, params: Params): GuardCheck[] {
  const { stopLoss, takeProfit } = stopsOf(params);
  const position = desk.positions.find(textParam(params, 'positionId'));
  const orderId = optionalText(params, 'orderId') ?? position?.orderId ?? null;
  return [
    stopLoss === null && takeProfit === null
      ? block('stops', 'Prices', 'Give a stop-loss or a take-profit.')
      : pass('stops', 'Prices', 'Given.'),
    position === undefined
      ? block('position', 'Your position', 'It is no longer on the desk.')
      : pass('position', 'Your position', `${position.side} ${position.quantity} ${position.symbol}.`),
    orderId === null
      ? block('order', 'Order known', 'Neither the position nor you say which order opened it.')
      : pass('order', 'Order known', orderId),
    ...(position === undefined ? [] : sideChecks(position, stopLoss, takeProfit)),
  ];
}

/** On which side of the price each has to be, and whether the new stop lets more be lost than the old one. */
function sideChecks(position: Position, stopLoss: string | null, takeProfit: string | null): GuardCheck[] {
  const { markPrice, side } = position;
  const way = side === 'long' ? 1 : -1;
  const checks: GuardCheck[] = [];
  if (markPrice !== null && stopLoss !== null && compare(stopLoss, markPrice) * way >= 0)
    checks.push(
      block(
        'stop-side',
        'Stop-loss',
        `${stopLoss} is on the wrong side of the price ${markPrice}: it would close at once.`,
      ),
    );
  if (markPrice !== null && takeProfit !== null && compare(takeProfit, markPrice) * way <= 0)
    checks.push(
      block(
        'profit-side',
        'Take-profit',
        `${takeProfit} is on the wrong side of the price ${markPrice}: it would close at once.`,
      ),
    );
  if (stopLoss !== null && position.stopLoss !== null && compare(stopLoss, position.stopLoss) * way < 0)
    checks.push(
      warn('stop-wider', 'Stop-loss', `More can be lost than with the present one at ${position.stopLoss}.`),
    );
  return checks;
}

async function setStops(tools: Tools, params: Params, origin: string): Promise<ActAnswer> {
  if (!isByHand(origin)) return refused(NOT_BY_HAND);
  const blocked = stopChecks(tools, params).find(({ verdict }) => verdict === 'block');
  if (blocked !== undefined) return refused(`Not sent. ${blocked.detail}`);
  const { stopLoss, takeProfit } = stopsOf(params);
  const position = tools.desk.positions.find(textParam(params, 'positionId'));
  const orderId = optionalText(params, 'orderId') ?? position?.orderId ?? '';
  const body = {
    ...(stopLoss === null ? {} : { stopLoss: toFloat(stopLoss) }),
    ...(takeProfit === null ? {} : { takeProfit: toFloat(takeProfit) }),
  };
  const path = `/copy-trading/risk/${encodeURIComponent(orderId)}`;
  const reply = await tools.client.send('PUT', path, body, DECISION);
  if (reply.kind !== 'done') return answerOf(reply, '');
  const updated = wireRiskUpdated.safeParse(reply.body).data?.data.updatedParameters.length ?? 0;
  if (updated < Object.keys(body).length)
    return {
      kind: 'unknown',
      message: `The server changed ${updated} of ${Object.keys(body).length} prices.`,
    };
  return accepted('The server passed the prices on.');
}
