import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { openSettings } from './settings-store.ts';

let folder: string;

const open = () => openSettings({ folder, clock: createManualClock(), log: silentLogger });
const write = (text: string): void => writeFileSync(join(folder, 'settings.json'), text);

const mine = {
  id: 'mine',
  name: 'Mine',
  widgets: [{ id: 'needs', kind: 'needs' }],
  spots: { normal: [{ id: 'needs', x: 0, y: 0, w: 8, h: 8 }] },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deck-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the layouts of the deck', () => {
  it('are there again after a restart', () => {
    const parsed = {
      ...mine,
      locked: true,
      widgets: [{ id: 'needs', kind: 'needs', subject: null, locked: true }],
      spots: { narrow: [], normal: mine.spots.normal, wide: [] },
    };
    open().change({ deck: { layouts: [parsed], currentId: 'mine' } });
    const again = open();
    expect(again.get().deck).toEqual({ layouts: [parsed], currentId: 'mine' });
    expect(again.trouble).toBeNull();
  });

  it.each([
    ['no object', '"deck"'],
    ['a layout that is none', JSON.stringify({ layouts: [7, mine, { ...mine, id: '../x' }] })],
    [
      'a widget out of all bounds',
      JSON.stringify({ layouts: [{ ...mine, spots: { normal: [{ id: 'a', x: 1e9 }] } }] }),
    ],
    [
      'more widgets than a deck holds',
      JSON.stringify({ layouts: [{ ...mine, widgets: Array(500).fill(mine.widgets[0]) }] }),
    ],
    ['a key that reaches into the prototype', '{"layouts":[{"__proto__":{"id":"x"}}]}'],
  ])(
    'fall back to the default where the file holds %s, with a sentence and the old file kept',
    (_what, deck) => {
      write(`{"version":1,"appearance":{"theme":"light"},"deck":${deck}}`);
      const settings = open();
      expect(settings.get().deck.currentId).toBe('standard');
      expect(settings.get().deck.layouts.map(({ id }) => id)).toEqual(deck.includes('[7,') ? ['mine'] : []);
      expect(settings.get().appearance.theme).toBe('light');
      expect(settings.trouble).toBe(
        'Some settings were not valid. Not taken over: deck. The file as it was is kept beside the new one.',
      );
      expect(readdirSync(folder).some((name) => name.includes('invalid'))).toBe(true);
    },
  );

  it('of a newer version keep what is understood, and it is said', () => {
    write(JSON.stringify({ version: 9, deck: { layouts: [{ ...mine, colour: 'red' }], currentId: 'mine' } }));
    const settings = open();
    expect(settings.get().deck.layouts).toHaveLength(1);
    expect(settings.trouble).toBe('The settings were written by a newer version.');
  });

  it('keep a widget that only a newer version knows', () => {
    write(
      JSON.stringify({ deck: { layouts: [{ ...mine, widgets: [{ id: 'moon', kind: 'moon-phase' }] }] } }),
    );
    expect(open().get().deck.layouts[0]?.widgets[0]?.kind).toBe('moon-phase');
  });
});
