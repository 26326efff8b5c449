import { afterEach, expect, it } from 'vitest';

import { speak } from '../../words.ts';
import { alertKindWords } from './alert-words.ts';

afterEach(() => speak('en', {}));

it('a kind of alert is said in the language of the desk where it is known, and else in the backend’s own words', () => {
  expect(['ltv_warning', 'ltv_drift', 'constructor'].map(alertKindWords)).toEqual([
    'LTV warning',
    'LTV drift',
    'constructor',
  ]);
  speak('de', { 'LTV warning': 'LTV-Warnung', 'LTV drift': 'x' });
  expect(['ltv_warning', 'ltv_drift', 'constructor'].map(alertKindWords)).toEqual([
    'LTV-Warnung',
    'LTV drift',
    'constructor',
  ]);
});
