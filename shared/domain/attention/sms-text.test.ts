import { expect, it } from 'vitest';

import { fitSms, smsText } from './sms-text.ts';

it('keeps what fits, with plainer marks', () => {
  expect(smsText('Volume 3.2× – “look”…')).toBe('Volume 3.2x - "look"...');
});

it('is never longer than one message, where marks that take two places count twice', () => {
  expect(smsText('a'.repeat(160))).toHaveLength(160);
  expect(smsText('a'.repeat(161))).toBe(`${'a'.repeat(157)}...`);
  expect(smsText('€'.repeat(100))).toBe(`${'€'.repeat(78)}...`);
});

it('holds 70 characters in other alphabets', () => {
  expect(smsText('価'.repeat(200))).toBe(`${'価'.repeat(67)}...`);
});

it('says what is cut off, and that one letter outside the alphabet leaves room for 70', () => {
  expect(fitSms(`${'a'.repeat(157)}bcde`)).toEqual({
    text: `${'a'.repeat(157)}...`,
    most: 160,
    cutOff: 'bcde',
  });
  expect(fitSms(`${'a'.repeat(66)}ж12345`)).toEqual({
    text: `${'a'.repeat(66)}ж...`,
    most: 70,
    cutOff: '12345',
  });
  expect(fitSms('short')).toEqual({ text: 'short', most: 160, cutOff: '' });
});
