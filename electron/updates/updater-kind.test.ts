import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { InstalledAs } from './updater-kind.ts';
import { findUpdaterKind } from './updater-kind.ts';

let resourcesFolder: string;
beforeAll(() => (resourcesFolder = mkdtempSync(join(tmpdir(), 'quarterdeck-kind-'))));
afterAll(() => rmSync(resourcesFolder, { recursive: true, force: true }));

const feed = { address: 'https://updates.example', publicKey: 'a' };
const installed = (differs: Partial<InstalledAs> = {}) =>
  findUpdaterKind({
    platform: 'linux',
    isPackaged: true,
    notForRelease: null,
    feed,
    resourcesFolder,
    env: {},
    ...differs,
  });

it('each way of installing updates itself in its own', () => {
  expect(installed({ platform: 'win32' })).toEqual({ kind: 'nsis', feed });
  expect(installed({ platform: 'darwin' })).toEqual({ kind: 'mac', feed });
  expect(installed({ env: { APPIMAGE: '/home/me/Quarterdeck.AppImage' } })).toEqual({
    kind: 'appimage',
    feed,
  });
  writeFileSync(join(resourcesFolder, 'package-type'), 'deb\n');
  expect(installed()).toEqual({ kind: 'deb', feed });
  rmSync(join(resourcesFolder, 'package-type'));
});

it.each<[string, Partial<InstalledAs>, RegExp]>([
  ['run from its sources', { isPackaged: false }, /from its sources/],
  ['not for release', { notForRelease: 'made with a stand-in', platform: 'win32' }, /not for release/],
  ['made without a feed', { feed: null, platform: 'win32' }, /without a place/],
  [
    'made with a feed that is not secure',
    { feed: { ...feed, address: 'http://a.example' }, platform: 'win32' },
    /no secure address/,
  ],
  ['unpacked by hand', {}, /unpacked by hand/],
])('a copy %s does not, and says why', (_name, differs, why) => {
  const found = installed(differs);
  expect('why' in found ? found.why : '').toMatch(why);
});
