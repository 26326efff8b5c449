import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createAutostartFile, createLoginItem } from './login-start.ts';

let configFolder: string;
let file: string;
beforeEach(() => {
  configFolder = mkdtempSync(join(tmpdir(), 'quarterdeck-login-'));
  file = join(configFolder, 'autostart', 'quarterdeck.desktop');
});
afterEach(() => rmSync(configFolder, { recursive: true, force: true }));

const open = (program = '/opt/Quarterdeck/quarterdeck') => createAutostartFile({ configFolder, program });

describe('start at login on Linux', () => {
  it('is a file in the autostart folder that starts the desk hidden, and is gone when switched off', () => {
    const login = open();
    expect(login.read()).toEqual({ kind: 'off' });
    login.set(true);
    expect(login.read()).toEqual({ kind: 'on' });
    expect(readFileSync(file, 'utf8')).toMatch(/^Exec="\/opt\/Quarterdeck\/quarterdeck" --hidden$/m);
    login.set(false);
    expect(login.read()).toEqual({ kind: 'off' });
    expect(readdirSync(join(configFolder, 'autostart'))).toEqual([]);
  });

  it('survives a path with spaces, quotes, dollars and percents, as the specification quotes them', () => {
    open('/home/a b/$x/50%/"q"/Quarterdeck.AppImage').set(true);
    expect(readFileSync(file, 'utf8')).toContain(
      String.raw`Exec="/home/a b/\\$x/50%%/\\"q\\"/Quarterdeck.AppImage" --hidden`,
    );
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    '%s, as the desktop writes it, counts as off',
    (line) => {
      open().set(true);
      writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`);
      expect(open().read()).toEqual({ kind: 'off' });
      // And is not written over by the next start.
      expect(readFileSync(file, 'utf8')).toContain(line);
    },
  );

  it('follows a program that was moved', () => {
    open('/home/me/Downloads/Quarterdeck.AppImage').set(true);
    open('/home/me/Applications/Quarterdeck.AppImage');
    expect(readFileSync(file, 'utf8')).toContain(
      'Exec="/home/me/Applications/Quarterdeck.AppImage" --hidden',
    );
  });

  it('says where it cannot write, and nothing has changed', () => {
    mkdirSync(file, { recursive: true });
    mkdirSync(join(file, 'in-the-way'));
    expect(() => open().set(true)).toThrow(/autostart folder .* cannot be written/);
    expect(open().read()).toEqual({ kind: 'off' });
  });
});

it('start at login on macOS and Windows asks the system, and asks for a hidden start', () => {
  const asked: unknown[] = [];
  const login = createLoginItem({
    getLoginItemSettings: (options) => ({ openAtLogin: asked.push(options) > 0 }),
    setLoginItemSettings: (settings) => void asked.push(settings),
  });
  expect(login.read()).toEqual({ kind: 'on' });
  login.set(false);
  expect(asked).toEqual([{ args: ['--hidden'] }, { openAtLogin: false, args: ['--hidden'] }]);
});
