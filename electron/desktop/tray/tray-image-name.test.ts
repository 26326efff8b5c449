import { existsSync } from 'node:fs';

import { expect, it } from 'vitest';

import { trayImageName } from './tray-image-name.ts';

const ICONS = ['killed', 'needs-you', 'stale', 'practice', 'calm'] as const;
const FOLDER = new URL('../../../resources/tray/', import.meta.url);

it('each state has an image of its own, muted or not, for every system and in both sizes', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const names = ICONS.flatMap((icon) =>
      [false, true].map((muted) => trayImageName({ icon, muted }, platform)),
    );
    expect(new Set(names).size).toBe(10);
    for (const name of names)
      for (const file of [name, name.replace('.png', '@2x.png')])
        expect(existsSync(new URL(file, FOLDER)), file).toBe(true);
  }
});

it('K4 a halt keeps its red on macOS, where every other state is drawn in the colour of the menu bar', () => {
  expect(trayImageName({ icon: 'killed', muted: true }, 'darwin')).toBe('killed-muted.png');
  expect(trayImageName({ icon: 'calm', muted: true }, 'darwin')).toBe('calm-mutedTemplate.png');
});
