import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { readBuildInfo } from './build-info.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'quarterdeck-build-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = (value: unknown) => {
  writeFileSync(join(folder, 'package.json'), typeof value === 'string' ? value : JSON.stringify(value));
  return readBuildInfo(folder);
};

it('a packaged desk knows that it is not for release', () => {
  const quarterdeckBuild = { notForRelease: 'made with a stand-in', revision: 'abc', updates: null };
  expect(written({ name: 'quarterdeck', quarterdeckBuild })).toEqual(quarterdeckBuild);
});

it.each([
  ['no file', null],
  ['a package file that packaging did not touch', { name: 'quarterdeck' }],
  ['a file that is no JSON', '<html>'],
  ['a feed without a key', { quarterdeckBuild: { updates: { address: 'https://a.example' } } }],
])('%s counts as run from its sources, with no feed for updates', (_name, value) => {
  const info = value === null ? readBuildInfo(folder) : written(value);
  expect(info).toEqual({ notForRelease: null, revision: null, updates: null });
});
