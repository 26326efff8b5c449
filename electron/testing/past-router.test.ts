import { describe, expect, it } from 'vitest';

import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';
import type { Candle } from '#shared/domain/market/market.ts';
import type { PlaybackState } from '#shared/domain/journal/playback.ts';
import type { Envelope, RequestName } from '#shared/ipc/contract.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { PLAYBACK_PAGE } from '../desktop/windows/app-page.ts';
import { refusedInPast, withPast } from '../ipc/past-handlers.ts';
import type { RequestHandlers } from '../ipc/router.ts';
import { createRouter } from '../ipc/router.ts';
import { silentLogger } from '../lib/logger.ts';
import { askEverything, askFrom, handlersByOne, requestNames } from './every-request.ts';

/** `passes` is answered as of then, or acts on the present (PANIC); `of now` is a read that nobody kept. */
type Decision = 'passes' | 'of now' | 'refused';

/** What becomes of each request of a window of the past. A request that is added does not compile before somebody decides. */
const DECISIONS: Record<RequestName, Decision> = {
  'alerts.acknowledge': 'refused',
  'app.info': 'passes',
  'app.open-place': 'refused',
  'app.report-error': 'passes',
  'app.show-window': 'passes',
  'assistant.ask': 'refused',
  'assistant.conversations': 'of now',
  'assistant.key': 'of now',
  'assistant.open': 'of now',
  'assistant.open-link': 'refused',
  'assistant.remove': 'refused',
  'assistant.rename': 'refused',
  'assistant.retry': 'refused',
  'assistant.set-key': 'refused',
  'assistant.settle-proposal': 'refused',
  'assistant.show-branch': 'refused',
  'assistant.stop': 'refused',
  'assistant.test': 'refused',
  'attention.seen': 'refused',
  'attention.sound-played': 'refused',
  'attention.test': 'refused',
  'backends.describe-authority': 'refused',
  'backends.detect': 'refused',
  'backends.kinds': 'passes',
  'backends.open-exchange': 'refused',
  'backends.read': 'of now',
  'backends.refresh': 'refused',
  'backends.remove': 'refused',
  'backends.save': 'refused',
  'backends.test': 'refused',
  'channels.kinds': 'of now',
  'channels.remove': 'refused',
  'channels.save': 'refused',
  'channels.test': 'refused',
  'command.check': 'of now',
  'command.submit': 'refused',
  'decisions.history': 'passes',
  'desk.snapshot': 'passes',
  'desktop.start-at-login': 'refused',
  'desktop.status': 'of now',
  'help.notices': 'refused',
  'help.save-bundle': 'refused',
  'help.self-check': 'refused',
  'ingest.rotate-key': 'refused',
  'ingest.status': 'of now',
  'journal.day-head': 'passes',
  'journal.export': 'refused',
  'journal.export-cancel': 'refused',
  'journal.retention-preview': 'of now',
  'journal.search': 'passes',
  'journal.verify': 'of now',
  'lock.now': 'passes',
  'lock.remove': 'refused',
  'lock.set': 'refused',
  'lock.status': 'passes',
  'lock.unlock': 'passes',
  'market.candles': 'passes',
  'panic.press': 'passes',
  'panic.rehearse': 'refused',
  'panic.resume': 'refused',
  'playback.act': 'passes',
  'playback.kept': 'passes',
  'playback.open': 'passes',
  'playback.state': 'passes',
  'playback.timeline': 'passes',
  'portfolio.at': 'passes',
  'portfolio.history': 'passes',
  'price-alerts.remove': 'refused',
  'price-alerts.restore': 'refused',
  'price-alerts.save': 'refused',
  'quit.answer': 'refused',
  'quit.shown': 'refused',
  'report.save-pdf': 'refused',
  'rules.dry-run': 'of now',
  'rules.remove': 'refused',
  'rules.save': 'refused',
  'rules.switch': 'refused',
  'settings-file.apply': 'refused',
  'settings-file.export': 'refused',
  'settings-file.last': 'of now',
  'settings-file.open': 'refused',
  'settings-file.undo': 'refused',
  'settings.change': 'refused',
  'settings.get': 'passes',
  'sign-in.cancel': 'refused',
  'sign-in.sign-out': 'refused',
  'sign-in.start': 'refused',
  'sign-in.status': 'of now',
  'updates.cancel': 'refused',
  'updates.check': 'refused',
  'updates.download': 'refused',
  'updates.install': 'refused',
  'updates.state': 'of now',
  'vault.change-passphrase': 'refused',
  'vault.lock': 'refused',
  'vault.remove': 'refused',
  'vault.start-anew': 'refused',
  'vault.status': 'of now',
  'vault.unlock': 'refused',
  'vault.use-keychain': 'refused',
  'vault.use-passphrase': 'refused',
  'vault.use-session': 'refused',
  'watch.arm': 'refused',
  'watch.set-heartbeat-address': 'refused',
  'watch.test-heartbeat': 'refused',
};

const PAST = 7;
const PRESENT = 1;
const NOW_THEN = 1_800_000_000_000 + 17 * MINUTE_MS + 20_000;

const state: PlaybackState = {
  stretch: { fromMs: NOW_THEN - HOUR_MS, toMs: NOW_THEN + HOUR_MS },
  positionMs: NOW_THEN,
  atRealMs: 0,
  playing: true,
  speed: 30,
  jumps: 1,
  gap: null,
  trouble: null,
  panicNow: false,
};

/** A router as the desk has it, over handlers that note what they were asked. */
function start(given: Partial<RequestHandlers> = {}, playback: PlaybackState | null = state) {
  const asked: [name: string, params: unknown][] = [];
  let shownPresent = 0;
  const handlers = handlersByOne((name, params, windowId) => {
    asked.push([name, params]);
    const handler: ((params: never, windowId: never) => unknown) | undefined = given[name];
    return handler === undefined ? null : handler(params, windowId);
  });
  const isPast = (windowId: number): boolean => windowId === PAST;
  const router = createRouter({
    handlers: withPast(handlers, {
      playback: { state: () => playback },
      isPast,
      patches: {
        snapshot() {
          asked.push(['the past desk', null]);
          throw new Error('The past was shown.');
        },
      },
      showPresent: () => (shownPresent += 1),
    }),
    isTrusted: () => true,
    refusal: () => null,
    refusedInPast: refusedInPast(isPast),
    log: silentLogger,
  });
  return { ask: askFrom(router, PLAYBACK_PAGE), asked, shownPresent: () => shownPresent };
}

const isOfPast = (answer: Envelope<unknown>): boolean => !answer.ok && answer.error.code === 'past';

describe('a window of the past', () => {
  it('K3 A2 S2 can do nothing, whatever its page sends: what was not let through by name reaches no handler', async () => {
    const { ask, asked } = start();
    expect(Object.keys(DECISIONS).sort()).toEqual([...requestNames].sort());
    await askEverything(
      (name, params) => ask(PAST, name, params),
      (name, answer, sent) => {
        expect(isOfPast(answer), sent).toBe(DECISIONS[name] !== 'passes');
        if (answer.ok || !isOfPast(answer)) return;
        expect(answer.error.message).toContain('This is the past');
        expect(answer.error.message.includes('no copy')).toBe(DECISIONS[name] === 'of now');
      },
    );
    expect(
      asked.filter(([name]) => name in DECISIONS && DECISIONS[name as RequestName] !== 'passes'),
    ).toEqual([]);
    expect(asked.map(([name]) => name)).toContain('panic.press');
  });

  it('takes nothing from a window of the present', async () => {
    const { ask } = start();
    await askEverything(
      (name, params) => ask(PRESENT, name, params),
      (_name, answer, sent) => expect(isOfPast(answer), sent).toBe(false),
    );
  });

  it('K2 PANIC reaches the present, which comes to the front', async () => {
    const { ask, asked, shownPresent } = start();
    expect(await ask(PAST, 'panic.press', { origin: 'window' })).toMatchObject({ ok: true });
    expect(asked).toEqual([['panic.press', { origin: 'window' }]]);
    expect(shownPresent()).toBe(1);
    await ask(PRESENT, 'panic.press', { origin: 'window' });
    expect(shownPresent()).toBe(1);
  });

  it('is given the past desk, and history no later than its own now', async () => {
    const { ask, asked } = start();
    await ask(PAST, 'desk.snapshot', {});
    await ask(PAST, 'journal.search', {});
    await ask(PAST, 'journal.search', { toMs: NOW_THEN - 5 });
    await ask(PAST, 'portfolio.history', { fromMs: 1, toMs: NOW_THEN + HOUR_MS, maxPoints: 10 });
    await ask(PAST, 'portfolio.at', { timesMs: [5, NOW_THEN + 1, NOW_THEN + HOUR_MS] });
    await ask(PAST, 'journal.day-head', { beforeMs: NOW_THEN + HOUR_MS });
    expect(asked).toMatchObject([
      ['the past desk', null],
      ['journal.search', { toMs: NOW_THEN }],
      ['journal.search', { toMs: NOW_THEN - 5 }],
      ['portfolio.history', { toMs: NOW_THEN }],
      ['portfolio.at', { timesMs: [5, NOW_THEN, NOW_THEN] }],
      ['journal.day-head', { beforeMs: NOW_THEN }],
    ]);
    asked.length = 0;
    await ask(PRESENT, 'journal.search', {});
    expect(asked).toMatchObject([['journal.search', { toMs: null }]]);
  });

  it('is given no candle that knows what came later: the open one is put together from its minutes', async () => {
    const candle = (atMs: number, open: string, high: string, low: string, close: string): Candle => ({
      atMs,
      open,
      high,
      low,
      close,
      ticks: 2,
    });
    const openedMs = NOW_THEN - (NOW_THEN % HOUR_MS);
    const { ask, asked } = start({
      'market.candles': ({ bucketMs }) =>
        bucketMs === HOUR_MS
          ? [candle(openedMs - HOUR_MS, '1', '2', '1', '2')]
          : [candle(openedMs, '2', '9', '2', '3'), candle(openedMs + MINUTE_MS, '3', '4', '1.5', '4')],
    });
    const range = { backendId: 'alpha', symbol: 'BTC', fromMs: openedMs - HOUR_MS, toMs: NOW_THEN + HOUR_MS };
    const answer = await ask(PAST, 'market.candles', { ...range, bucketMs: HOUR_MS });
    expect(answer).toEqual({
      ok: true,
      value: [
        candle(openedMs - HOUR_MS, '1', '2', '1', '2'),
        { ...candle(openedMs, '2', '9', '1.5', '4'), ticks: 4 },
      ],
    });
    expect(asked).toMatchObject([
      ['market.candles', { bucketMs: HOUR_MS, toMs: openedMs - 1 }],
      ['market.candles', { bucketMs: MINUTE_MS, fromMs: openedMs, toMs: NOW_THEN - 20_000 - 1 }],
    ]);
  });

  it('is told no decision that was made later, nor how one ended after its now', async () => {
    const record = (requestId: string, askedAtMs: number, settledMs: number | null): CommandRecord => ({
      requestId,
      backendId: 'alpha',
      act: 'approval.approve',
      askedAtMs,
      origin: 'window',
      approvalId: 'p1',
      reason: null,
      proposal: null,
      practice: false,
      valueUsd: null,
      addsRisk: true,
      rule: null,
      intended: true,
      outcome: { status: 'unconfirmed', message: '', latencyMs: 4_000 },
      settled: settledMs === null ? null : { as: 'confirmed', message: '', atMs: settledMs },
    });
    const { ask } = start({
      'decisions.history': () => [
        record('later', NOW_THEN + 1, null),
        record('under-way', NOW_THEN - 1_000, NOW_THEN + 9_000),
        record('over', NOW_THEN - 60_000, NOW_THEN - 30_000),
      ],
    });
    const answer = await ask(PAST, 'decisions.history', { limit: 10 });
    expect(answer).toMatchObject({
      ok: true,
      value: [
        { requestId: 'under-way', outcome: null, settled: null },
        { requestId: 'over', outcome: { status: 'unconfirmed' }, settled: { as: 'confirmed' } },
      ],
    });
  });

  it('shows nothing of the present when its playback is over', async () => {
    const { ask, asked } = start({}, null);
    for (const name of ['journal.search', 'decisions.history'])
      expect(await ask(PAST, name, { limit: 5 })).toMatchObject({ ok: false, error: { code: 'past' } });
    expect(asked).toEqual([]);
  });
});
