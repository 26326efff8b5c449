import { afterEach, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';

import { newPriceAlertDraft, priceAlertDraftOf, readPriceAlertDraft } from './price-alert-draft.ts';

afterEach(() => setLocale('en-US'));

const draft = {
  ...newPriceAlertDraft('id-of-a-draft', {
    symbol: 'ETH-USDC',
    backendId: 'hub',
    practice: false,
  }),
  price: '4000',
};

it.each([
  ['4000', '4000'],
  ['4,000.50', '4000.50'],
  ['$4 000', '4000'],
  ['0,00012', '0.00012'],
])('reads %s as %s', (typed, price) => {
  expect(readPriceAlertDraft({ ...draft, price: typed }, 0)).toMatchObject({
    alert: { condition: { kind: 'above', price }, backendId: 'hub', expiresAtMs: null },
  });
});

it.each([
  ['1,5', '1.5'],
  ['4.000,50 $', '4000.50'],
  ['0.00012', '0.00012'],
])('in German reads %s as %s and shows it so again', (typed, price) => {
  setLocale('de-DE');
  const read = readPriceAlertDraft({ ...draft, price: typed }, 0);
  expect(read).toMatchObject({ alert: { condition: { price } } });
  if (!read.ok) return;
  const alert = { ...read.alert, createdAtMs: 0, lastRangAtMs: null, ring: null };
  expect(priceAlertDraftOf(alert as never).price).toBe(price.replace('.', ','));
});

it.each(['', '0', '0.000', '-5', '1e5', 'abc', '4,00,0', 'NaN'])('refuses “%s” as a price', (typed) => {
  expect(readPriceAlertDraft({ ...draft, price: typed }, 0)).toMatchObject({ ok: false });
});

it('says by field what is wrong with a change', () => {
  const wrong = { ...draft, kind: 'change', percent: '0', withinMinutes: '1441', again: true } as const;
  const read = readPriceAlertDraft({ ...wrong, againAfterMinutes: '' }, 0);
  expect(read.ok ? [] : Object.keys(read.errors)).toEqual(['percent', 'withinMinutes', 'againAfterMinutes']);
});

it('takes an alert apart and together again as it was', () => {
  const read = readPriceAlertDraft(
    { ...draft, kind: 'change', ending: 'day', again: true, backendId: '' },
    5,
  );
  if (!read.ok) throw new Error('It is refused.');
  const kept = { ...read.alert, setAtMs: 5, phase: 'armed', rang: null } as const;
  expect(readPriceAlertDraft(priceAlertDraftOf(kept), 999)).toEqual(read);
  expect(read.alert).toMatchObject({ backendId: null, expiresAtMs: 86_400_005, againAfterMinutes: 15 });
});
