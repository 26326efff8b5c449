import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'fpm-by-dpkg.mjs');
const hasDpkg = spawnSync('dpkg-deb', ['--version']).status === 0;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-fpm-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: string[]): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], { encoding: 'utf8' });
  return { status, stderr };
}

const dpkg = (...words: string[]): string => spawnSync('dpkg-deb', words, { encoding: 'utf8' }).stdout;

describe.skipIf(!hasDpkg)('a Debian package (skipped where the system has no dpkg-deb)', () => {
  it('holds what it was told: files in their places, what it needs, scripts, and nobody but root’s files', () => {
    const app = join(folder, 'app');
    mkdirSync(app);
    writeFileSync(join(app, 'program'), 'runs');
    chmodSync(join(app, 'program'), 0o755);
    symlinkSync('program', join(app, 'alias'));
    writeFileSync(join(folder, 'entry'), '[Desktop Entry]');
    writeFileSync(join(folder, 'after'), '#!/bin/sh\n');
    const file = join(folder, 'made.deb');
    const made = run(
      ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libone | libtwo', '-d', 'xdg-utils'],
      ...['--deb-recommends', 'keyring', '--deb-compression', 'gz', '--architecture', 'amd64'],
      ...['--after-install', join(folder, 'after'), '--after-remove', join(folder, 'after')],
      ...['--description', 'A short line\n and a long one', '--version', '1.2.3', '--package', file],
      ...['--name', 'desk', '--maintainer', 'Me <me@desk.invalid>', '--url', 'https://desk.invalid'],
      ...['--deb-priority', 'optional', '--license', 'MIT', '--vendor', 'Me'],
      `${app}/=/opt/Desk`,
      `${join(folder, 'entry')}=/usr/share/applications/desk.desktop`,
    );
    expect(made).toEqual({ status: 0, stderr: '' });

    const field = (name: string): string => dpkg('-f', file, name).trim();
    expect(field('Depends')).toBe('libone | libtwo, xdg-utils');
    expect(field('Recommends')).toBe('keyring');
    expect(field('Version')).toBe('1.2.3');
    expect(field('Homepage')).toBe('https://desk.invalid');
    expect(field('Description')).toBe('A short line\n and a long one');

    const listed = dpkg('-c', file);
    expect(listed).toMatch(/^drwxr-xr-x root\/root .* \.\/$/m);
    expect(listed).toMatch(/^-rwxr-xr-x root\/root .* \.\/opt\/Desk\/program$/m);
    expect(listed).toMatch(/ \.\/opt\/Desk\/alias -> program$/m);
    expect(listed).toMatch(/ \.\/usr\/share\/applications\/desk\.desktop$/m);

    const control = join(folder, 'control');
    dpkg('-e', file, control);
    expect(readFileSync(join(control, 'postinst'), 'utf8')).toBe('#!/bin/sh\n');
    expect(readFileSync(join(control, 'md5sums'), 'utf8')).toMatch(/^[0-9a-f]{32} {2}opt\/Desk\/program$/m);
  });

  it('is not made where something is asked for that it does not know, or is no Debian package', () => {
    expect(run('-s', 'dir', '-t', 'deb', '--before-remove', 'x').stderr).toContain('--before-remove');
    expect(run('-s', 'dir', '-t', 'rpm').status).not.toBe(0);
  });
});
