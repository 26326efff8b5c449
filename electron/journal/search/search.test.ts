import { beforeEach, describe, expect, it } from 'vitest';

import type { JournalQuery } from '#shared/domain/journal/journal.ts';
import { HOUR_MS } from '#shared/time.ts';

import { advanceUntil, everything, healthWhere, record, summaries } from '../testing/harness.ts';
import { openedJournals } from '../testing/opened-journals.ts';

const journals = openedJournals();
const { start } = journals;
let file: string;

beforeEach(() => {
  file = journals.file();
});

describe('searching', () => {
  it('finds words, phrases, beginnings of words, and narrows by kind, backend and time', async () => {
    const { journal } = await start(file);
    journal.append(record('Sell BTC-USD now', { kind: 'approval', atMs: 1_000 }));
    journal.append(record('Buy ETH-USD now', { kind: 'approval', backendId: 'bot-2', atMs: 2_000 }));
    journal.append(
      record('Größere Bewegung: 売り', { data: { detail: 'volatility', number: 0.0075 }, atMs: 3_000 }),
    );
    await journal.appendDurably(record('Panic', { kind: 'panic', backendId: null, atMs: 4_000 }), 10_000);

    expect(await summaries(journal, { text: 'now sell' })).toEqual(['Sell BTC-USD now']);
    expect(await summaries(journal, { text: '"usd now"' })).toHaveLength(2);
    expect(await summaries(journal, { text: '"now usd"' })).toHaveLength(0);
    expect(await summaries(journal, { text: 'BTC-USD' })).toEqual(['Sell BTC-USD now']);
    expect(await summaries(journal, { text: 'vola' })).toEqual(['Größere Bewegung: 売り']);
    expect(await summaries(journal, { text: 'grossere' })).toEqual([]);
    expect(await summaries(journal, { text: 'großere 売り 0.0075' })).toEqual(['Größere Bewegung: 売り']);
    expect(await summaries(journal, { kinds: ['panic', 'approval'], backendId: null })).toHaveLength(3);
    expect(await summaries(journal, { kinds: ['approval'], backendId: 'bot-2' })).toEqual([
      'Buy ETH-USD now',
    ]);
    expect(await summaries(journal, { text: 'kill-switch' })).toEqual([]);
    expect(await summaries(journal, { fromMs: 2_000, toMs: 3_000 })).toHaveLength(2);
    expect(await summaries(journal, { text: 'usd', fromMs: 1_500 })).toEqual(['Buy ETH-USD now']);
    expect(await summaries(journal, { fromMs: 9_000 })).toEqual([]);
  });

  it('narrows by severity, by symbol however it is written, and by words that must not occur', async () => {
    const { journal } = await start(file);
    journal.append(record('one', { data: { severity: 'high', instrument: 'BTC-USD' } }));
    journal.append(record('two', { data: { severity: 'medium', instrument: 'BTC/USDT' } }));
    journal.append(
      record('three', { data: { severity: 'critical', instrument: 'ETH' }, backendId: 'bot-2' }),
    );
    journal.append(record('four', { kind: 'trade', data: { status: 'filled', instrument: 'btcusd' } }));
    await journal.appendDurably(record('five, severity high BTCUSD', { kind: 'settings' }), 10_000);
    const found = async (query: Partial<JournalQuery>) => (await summaries(journal, query)).reverse();

    expect(await found({ leastSeverity: 'high' })).toEqual(['one', 'three']);
    expect(await found({ leastSeverity: 'critical' })).toEqual(['three']);
    expect(await found({ symbol: 'btc' })).toEqual(['one', 'two', 'four']);
    expect(await found({ symbol: 'BTC-USD' })).toEqual(['one', 'two', 'four']);
    expect(await found({ symbol: 'btcusdt' })).toEqual(['two']);
    expect(await found({ symbol: 'btc', leastSeverity: 'medium', text: 'one' })).toEqual(['one']);
    expect(await found({ backendId: 'bot-2', leastSeverity: 'low', kinds: ['alert'] })).toEqual(['three']);
    expect(await found({ text: '-one -two -three' })).toEqual(['four', 'five, severity high BTCUSD']);
    expect(await found({ text: '-filled', symbol: 'btcusd' })).toEqual(['one', 'two']);
    const [entry] = await journal.search(everything({ text: 'two' }));
    expect(entry).toMatchObject({ severity: 'medium', symbol: 'BTC/USDT' });
  });

  it('finds a stretch of time whole, also where the clock was set back', async () => {
    const { journal, clock } = await start(file);
    for (let number = 0; number < 9_000; number += 1) {
      // An hour that is lived through twice, in the middle of three blocks of entries.
      const setBackMs = number >= 4_500 ? HOUR_MS : 0;
      journal.append(record(`entry ${number}`, { atMs: 10 * HOUR_MS + number * 1_000 - setBackMs }));
    }
    // What somebody waits for goes ahead of a flood.
    await journal.appendDurably(record('the end', { atMs: 20 * HOUR_MS }), 60_000);
    await advanceUntil(
      clock,
      healthWhere(journal, ({ entries }) => entries === 9_001),
    );
    const fromMs = 10 * HOUR_MS + 4_000_000;
    const range = { fromMs, toMs: fromMs + 99_000 };
    expect(await summaries(journal, range)).toHaveLength(200);
    expect(await summaries(journal, { ...range, text: 'entry ' })).toHaveLength(200);
    expect(await summaries(journal, { ...range, text: 'nothing' })).toHaveLength(0);
  });

  it('never fails on what a person may type', async () => {
    const { journal } = await start(file);
    await journal.appendDurably(record('say "hello" AND (good) * bye'), 10_000);
    const typed = [
      '"', '""', '"hello', 'hello"', '"say "hello""', '*', 'h*', 'AND', 'OR OR', 'NOT good', 'NEAR(a b)', '(', ')', '((',
      'summary:hello', 'tags:k', '{summary}', '-hello', '^say', 'a+b', "'; DROP TABLE entries; --", '\0hello', '😀',
      '\ud800', '   ', '…', 'hello:*"', '%', '_', '\\', 'ﷺ', '\u202egood', 'a'.repeat(200), '"'.repeat(199),
    ]; // prettier-ignore
    for (const text of typed)
      await expect(journal.search(everything({ text }))).resolves.toBeInstanceOf(Array);
    expect(await summaries(journal, { text: '"hello' })).toHaveLength(1);
    expect(await summaries(journal, { text: '(good) AND' })).toHaveLength(1);
    expect(await summaries(journal, { text: '😀' })).toHaveLength(0);
  });
});
