import { expect, it } from 'vitest';

import type { PaletteItem } from './palette-items.ts';
import { bestFirst, scoreOf } from './palette-match.ts';

const item = (label: string, id: string): PaletteItem => ({
  id,
  label,
  icon: null,
  keywords: [],
  run: () => {},
});
const fits = (search: string, value: string, keywords: string[] = []): boolean =>
  scoreOf(value, search, keywords) > 0;

it('an entry is found with a slip of a finger: a letter wrong, missing, too many, or two swapped', () => {
  for (const typed of ['jorunal', 'journsl', 'jurnal', 'jjournal', 'JOURANL', 'jour'])
    expect(fits(typed, 'Journal place:journal'), typed).toBe(true);
  expect(fits('rehaerse panci', 'Rehearse PANIC rehearse')).toBe(true);
  expect(fits('aproovals', 'Approvals place:approvals')).toBe(true);
  expect(fits('tyems', 'Light theme theme', ['appearance'])).toBe(false);
});

it('a short word has no slips, and other words are not found', () => {
  expect(fits('kil', 'Bill')).toBe(false);
  for (const typed of ['journey', 'portfolio', 'xyz'])
    expect(fits(typed, 'Journal place:journal'), typed).toBe(false);
});

it('what was typed rightly goes before what was nearly typed', () => {
  expect(scoreOf('Models place:models', 'model')).toBeGreaterThan(scoreOf('Modem', 'model'));
  expect(scoreOf('Modem', 'model')).toBeGreaterThan(0);
});

it('whoever types towards PANIC gets it before all else, slips included', () => {
  for (const typed of ['pa', 'panic', 'panci', 'pamic', 'pannic'])
    expect(scoreOf('PANIC: halt every bot panic', typed), typed).toBeGreaterThan(
      scoreOf('Rehearse PANIC rehearse', typed, ['panic']),
    );
});

it('the group with the best fit stands first, and in it the best entry: Enter takes that one', () => {
  const groups = [
    { name: 'Waiting', items: [item('Sell 38 LINK', 'approval:practice/stop-loss')] },
    { name: 'Go to', items: [item('Settings: part of something', 'place:other')] },
    { name: 'Bot', items: [item('Nonstop', 'bot/nonstop'), item('Stop', 'bot/stop')] },
  ];
  const found = bestFirst(groups, 'stop');
  expect(found[0]?.name).toBe('Bot');
  expect(found[0]?.items.map(({ label }) => label)).toEqual(['Stop', 'Nonstop']);
  expect(bestFirst(groups, ' ')).toBe(groups);
  expect(bestFirst(groups, 'nowhere to be found')).toEqual([]);
});

it('letters that stand strewn over an entry are no fit beside a word that was meant, and are one where nothing fits better', () => {
  const bot = { name: 'Bot', items: [item('Stop', 'act:stop'), item('Position history', 'read:positions')] };
  expect(bestFirst([bot], 'stop').flatMap(({ items }) => items.map(({ label }) => label))).toEqual(['Stop']);
  expect(bestFirst([bot], 'phist').flatMap(({ items }) => items.map(({ label }) => label))).toEqual([
    'Position history',
  ]);
});
