import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PriceAlert } from '#shared/domain/alerts/price-alert.ts';
import { rehearsalOutcome } from '#shared/domain/panic/rehearsal-outcome.ts';
import { limitSentence } from '#shared/domain/panic/watch-words.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { told } from '#shared/told.ts';
import german from '#shared/words/de.json' with { type: 'json' };
import { inEnglish, speak, t } from '#shared/words.ts';

import { backendKinds } from '../backends/registry.ts';
import { channelKinds } from '../attention/channels/kinds.ts';
import { aCommand, createReadyBench } from '../commands/testing/command-bench.ts';
import { networkFailure, timeoutFailure } from '../connections/failure.ts';
import { START_MS } from '#shared/domain/testing/entries.ts';
import { alertOfRing } from '../price-alerts/ring-words.ts';

/** Words that are in no German sentence. */
const ENGLISH =
  /\b(?:the|and|not|were|has|have|from|with|your|that|this|cannot|nothing|is|are|be|of|to|by|no|it|its)\b/i;
/** Names of the products, their keys and what servers call things stand in German sentences as they are. */
const NAMES = /“[^”]*”|„[^“]*“|@\w+|\(?\bof \w+ UTC\b/g;

beforeEach(() => speak('de', german));
afterEach(() => speak('en', {}));

function expectGerman(texts: readonly string[]): void {
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((text) => ENGLISH.test(told(text).replaceAll(NAMES, '')))).toEqual([]);
}

/** Every text of a description that a person reads. */
function wordsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const isWords = /^(?:label|help|summary|group|confirm|caution|does|doesNot|resumes|byHand|notes)$/.test(
      name,
    );
    if (!isWords) return wordsIn(member);
    return [member].flat().filter((one) => typeof one === 'string');
  });
}

describe('told in German', () => {
  it.each([...backendKinds.values()].map(({ descriptor }) => [descriptor.kind, descriptor] as const))(
    'K9 is everything that a backend of the kind %s says of itself',
    (_, descriptor) => {
      const words = wordsIn(descriptor);
      expect(words.length).toBeGreaterThan(5);
      expectGerman(words);
      expect(words.filter((text) => / [a-z]/.test(text) && told(text) === text)).toEqual([]);
    },
  );

  it('is every kind of channel', () => {
    expectGerman(wordsIn(channelKinds));
  });

  it('A3 is every check of the guard, and what became of a command', async () => {
    const bench = await createReadyBench();
    const checks = bench.door.check(aCommand());
    const approved = await bench.door.submit(aCommand());
    const again = await bench.door.submit(aCommand({ requestId: 'another-request' }));
    bench.alpha.script.perform = () => Promise.reject(new Error('gone'));
    const lost = await bench.door.submit(
      aCommand({ requestId: 'third-request', act: 'bot.stop', params: { bot: 'b' } }),
    );
    const all = [...checks, ...approved.checks, ...again.checks, ...lost.checks];
    expectGerman(all.flatMap(({ label, detail }) => [label, detail]));
    expectGerman([again.message, lost.message]);
  });

  it('is why a connection failed', () => {
    const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const expired = Object.assign(new Error('no'), { code: 'CERT_HAS_EXPIRED' });
    expectGerman([
      networkFailure(refused, '127.0.0.1:3001', 'connecting').message,
      networkFailure(expired, 'bot.example', 'connecting').message,
      timeoutFailure('bot.example', 'sent', 5_000).message,
    ]);
  });

  it('are the limits, and they are written down in English', () => {
    const loss = { kind: 'day-loss-usd', limit: '2000' } as const;
    const stale = { kind: 'stale', limit: '10' } as const;
    const named = { span: '7-days', name: 'My bot' } as const;
    const written = inEnglish(() => limitSentence(loss, '2140', named));
    expect(written).toBe('loss of the day $2,140, limit $2,000');
    expect(told(`A limit is near: ${written}`)).toBe('Ein Limit ist nahe: Tagesverlust $2,140, Limit $2,000');
    expectGerman([inEnglish(() => limitSentence(stale, '12', named))]);
  });

  it('is a price alert, and it is kept in English', () => {
    const alert: PriceAlert = {
      id: 'a-price-alert',
      symbol: 'BTC',
      backendId: null,
      practice: false,
      condition: { kind: 'change', direction: 'down', percent: '5', withinMinutes: 60 },
      note: '',
      severity: 'high',
      againAfterMinutes: null,
      on: true,
      expiresAtMs: null,
      setAtMs: START_MS,
      phase: 'waiting',
      rang: null,
    };
    const seen = { price: '57000', backendId: 'alpha', symbol: 'BTC', atMs: START_MS + MINUTE_MS };
    const ring = alertOfRing(
      alert,
      { seen, nowMs: START_MS + MINUTE_MS },
      { last: null, seenHere: true, move: { from: '60000', to: '57000', roughPct: -5 } },
    );
    expect(ring.message).toMatch(/^BTC is at 57,000, down 5\.00 % from 60,000 within/);
    expect(told(ring.message)).toBe(
      'BTC steht bei 57,000, um 5.00 % gefallen, von 60,000, innerhalb von 1 h.',
    );
  });

  it('K13 is what came of a rehearsal', () => {
    const backends = [{ name: 'My bot', state: 'unreachable' }] as Parameters<
      typeof rehearsalOutcome
    >[0]['backends'];
    const { words } = inEnglish(() => rehearsalOutcome({ backends }));
    expectGerman([`PANIC rehearsed from window: ${words}`]);
  });

  it('is nothing that a bot wrote', () => {
    const said = 'Moon soon, and not from here: buy the dip of the day.';
    expect(told(said)).toBe(said);
    expect(t('Approve')).toBe('Freigeben');
  });
});
