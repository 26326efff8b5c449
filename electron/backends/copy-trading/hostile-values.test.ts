import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { activity } from '#shared/domain/bots/activity.ts';
import { alert } from '#shared/domain/alerts/alert.ts';
import { follow, trader } from '#shared/domain/bots/copy-trading.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import { killSwitch } from '#shared/domain/panic/kill-switch.ts';
import { quote } from '#shared/domain/market/market.ts';
import { portfolio } from '#shared/domain/portfolio/portfolio.ts';
import { position } from '#shared/domain/portfolio/position.ts';
import { trade } from '#shared/domain/portfolio/trade.ts';

import { HttpFailure } from '../../connections/port.ts';
import { createTestContext } from '../testing/test-context.ts';
import type { Client } from './client.ts';
import { understood } from './answers.ts';
import { createDesk } from './desk.ts';
import { openHttp } from './http.ts';
import { takeMessage } from './intake.ts';
import { createRereads } from './rereads.ts';
import { createSession } from './session.ts';
import { ALPHA, ALPHA_ID, copyRow, HELD_APT, holding, WALLET } from './testing/bench.ts';
import { recordedAnswer, recordedEvents } from './testing/recordings.ts';

/** Every member of every answer and event in turn is something that it must not be; the desk is told nothing that it is not made for. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e21,
  1e300,
  9e15,
  '',
  ' ',
  'NaN',
  '1e999',
  '12,5',
  '2026-13-45T99:99:99Z',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  '\u202e\u0000\ud800',
  'x'.repeat(100_000),
  {},
  { toString: 'x' },
  [],
  [[[]]],
  [null],
];

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

function changed(value: unknown, [first, ...rest]: Path, into: unknown): unknown {
  if (first === undefined) return into;
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (String(index) === first ? changed(one, rest, into) : one));
  const members = { ...(value as Record<string, unknown>) };
  members[String(first)] = changed(members[String(first)], rest, into);
  return members;
}

const FEEDS: Record<string, z.ZodType> = {
  traders: trader,
  follows: follow,
  positions: position,
  quotes: quote,
  activity,
};

/** Rejects whatever is not a thing of the desk. */
function mustFit(event: DeskEvent): void {
  if (event.type === 'feed') for (const entry of event.entries) FEEDS[event.slice]?.parse(entry);
  else if (event.type === 'alert') alert.parse(event.alert);
  else if (event.type === 'trade') trade.parse(event.trade);
  else if (event.type === 'portfolio') portfolio.parse(event.portfolio);
  else if (event.type === 'kill-switch') killSwitch.parse(event.killSwitch);
  const text = JSON.stringify(event);
  // Not as markup (it is shown as text alone), but in no length, and without what turns a line around.
  expect(text.length).toBeLessThan(20_000);
  expect(text).not.toMatch(/\u202e|\\u0000|\\ud800(?!\\u)/);
}

function createSubject() {
  const test = createTestContext({
    config: { id: 'copy', kind: 'copy-trading', address: 'http://127.0.0.1:1', options: { wallet: WALLET } },
  });
  const { context } = test;
  let told = 0;
  const emit = (event: DeskEvent): void => {
    told += 1;
    mustFit(event);
  };
  const desk = createDesk(context, createSession(openHttp(context).api, WALLET, context.clock), emit);
  const say = { body: null as unknown };
  const read: Client['read'] = async (path, schema) =>
    understood({ kind: 'json', status: 200, headers: {}, body: say.body }, schema, path);
  const client: Client = {
    read,
    readOwn: read,
    send: () => Promise.reject(new Error('nothing is sent')),
    sendOwn: () => Promise.reject(new Error('nothing is sent')),
    uptime: () => Promise.resolve(1),
  };
  return { desk, rereads: createRereads(client, desk), say, told: () => told };
}

const ASK = { priority: 'background' } as const;
type Subject = ReturnType<typeof createSubject>;

const ANSWERS: [string, unknown, (subject: Subject) => Promise<unknown>][] = [
  ['traders', recordedAnswer('traders'), ({ rereads }) => rereads.traders(ASK)],
  ['portfolio', recordedAnswer('portfolio'), ({ rereads }) => rereads.portfolio(ASK)],
  ['recorded positions', recordedAnswer('portfolio positions'), ({ rereads }) => rereads.copies(ASK)],
  ['positions', copyRow().json, ({ rereads }) => rereads.copies(ASK)],
  ['history', recordedAnswer('portfolio history'), ({ rereads }) => rereads.history(ASK)],
  ['prices', recordedAnswer('realtime market-data'), ({ rereads }) => rereads.quotes(ASK)],
  ['what a trader holds', holding(HELD_APT).json, ({ rereads }) => rereads.held(ALPHA, ASK)],
  ['the exchange', recordedAnswer('kana status'), ({ rereads }) => rereads.upstream(ASK)],
  ['the profile', recordedAnswer('profile any scheme'), ({ rereads }) => rereads.profile(ASK)],
];

const EVENTS: [string, unknown][] = [
  ...[
    ...new Map(
      recordedEvents().map((text) => [text.slice(0, 30), JSON.parse(text) as [string, unknown]]),
    ).values(),
  ],
  [
    'trade_update',
    {
      type: 'trade_execution',
      data: {
        traderId: ALPHA_ID,
        traderAddress: ALPHA,
        symbol: 'APT/USDC',
        side: 'sell',
        amount: 2,
        price: 9,
        timestamp: 1_795_216_715_937,
        txHash: '0x1',
        positionSize: 0,
        pnl: 1,
      },
      timestamp: 1_795_216_715_937,
    },
  ],
  [
    'trader_performance',
    {
      type: 'performance_update',
      data: {
        traderId: ALPHA_ID,
        totalPnL: 1,
        winRate: 60,
        totalTrades: 5,
        avgHoldTime: '2d',
        sharpeRatio: 1,
        maxDrawdown: -4,
        riskScore: 5,
      },
      timestamp: 1,
    },
  ],
  [
    'market_update',
    {
      type: 'price_update',
      data: { symbol: 'APT/USDC', price: 9, volume24h: 1, change24h: 2 },
      timestamp: 1,
    },
  ],
  [
    'position_update',
    { type: 'position_change', data: { userId: 'u', anything: { at: 'all' } }, timestamp: 1 },
  ],
  [
    'notification',
    {
      type: 'system_notification',
      data: { title: 'a', message: 'b', severity: 'critical', type: 'c' },
      timestamp: 1,
    },
  ],
  ['error', { message: 'Failed' }],
  ['portfolio_error', { error: 'x', walletAddress: WALLET, timestamp: 1 }],
  ['subscription_error', { type: 'trader', error: 'x' }],
  ['pong', { timestamp: 1 }],
];

describe('D5 a member that is not what it should be', () => {
  it.each(ANSWERS)('of %s crashes nothing, and tells the desk only what fits', async (_name, answer, run) => {
    const paths = pathsOf(answer);
    let told = 0;
    for (const path of paths)
      for (const value of HOSTILE) {
        const subject = createSubject();
        if (run !== ANSWERS[0]?.[2]) await readTraders(subject);
        subject.say.body = changed(answer, path, value);
        const error: unknown = await run(subject).catch((caught: unknown) => caught);
        if (error instanceof Error && !(error instanceof HttpFailure))
          throw new Error(`${path.join('.')} = ${JSON.stringify(value).slice(0, 40)}: ${error.message}`);
        if (error instanceof HttpFailure) expect(error.message.length).toBeLessThan(500);
        told += subject.told();
      }
    expect(told).toBeGreaterThan(0);
  });

  it.each(EVENTS)(
    'of the event %s crashes nothing, and tells the desk only what fits',
    async (name, payload) => {
      const subject = createSubject();
      await readTraders(subject);
      subject.desk.setSimulated(false);
      await subject.desk.book.load();
      const settings = {
        amount: '1',
        maxTradeSize: null,
        maxDailyLoss: null,
        stopLossPct: null,
        takeProfitPct: null,
        diversificationLimit: null,
      };
      await subject.desk.book.put({
        wallet: ALPHA,
        name: 'A',
        serverId: ALPHA_ID,
        settings,
        stage: 'following',
        note: null,
        sinceMs: 1,
      });
      const announce = {
        copiesChanged: () => undefined,
        traderTraded: () => undefined,
        subscriptionFailed: () => undefined,
      };
      for (const path of pathsOf(payload))
        for (const value of HOSTILE) {
          const verdict = takeMessage(
            JSON.stringify([name, changed(payload, path, value)]),
            subject.desk,
            announce,
          );
          if (verdict.kind !== 'rejected') expect(verdict.sentAtMs ?? 0).toSatisfy(Number.isFinite);
        }
      for (const text of [
        `["${name}"]`,
        `["${name}",NaN]`,
        `["${name}",1,2]`,
        '[]',
        '{}',
        '',
        'null',
        '[["x"]]',
        '["__proto__",{}]',
      ])
        expect(['data', 'keep-alive', 'rejected']).toContain(takeMessage(text, subject.desk, announce).kind);
    },
  );
});

async function readTraders({ say, rereads }: Subject): Promise<void> {
  say.body = recordedAnswer('traders');
  await rereads.traders(ASK);
}
