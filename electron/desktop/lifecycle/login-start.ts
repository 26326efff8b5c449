import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { LoginStart } from '#shared/domain/settings/desktop.ts';

import { appName } from './app-name.ts';

/** Started so, the desk shows its icon alone, where there is one to be seen. */
export const HIDDEN_ARGUMENT = '--hidden';

export interface LoginStartPort {
  read(): LoginStart;
  /** Throws with words where the system refuses. */
  set(on: boolean): void;
}

/** The part of Electron's `app` that macOS and Windows need. */
interface LoginItems {
  getLoginItemSettings(options: { args: string[] }): { openAtLogin: boolean };
  setLoginItemSettings(settings: { openAtLogin: boolean; args: string[] }): void;
}

/** macOS and Windows keep a list of their own. */
export function createLoginItem(items: LoginItems): LoginStartPort {
  const args = [HIDDEN_ARGUMENT];
  return {
    read: () => ({ kind: items.getLoginItemSettings({ args }).openAtLogin ? 'on' : 'off' }),
    set: (on) => items.setLoginItemSettings({ openAtLogin: on, args }),
  };
}

/** How this computer starts programs at login, or why it cannot start this one, in words. */
export function findLoginStart(parts: {
  app: LoginItems & { getPath(name: 'appData'): string };
  env: Readonly<Record<string, string | undefined>>;
  isInstalled: boolean;
}): { port: LoginStartPort } | { why: string } {
  if (!parts.isInstalled) return { why: 'Only an installed Quarterdeck can be started by the system.' };
  if (process.platform !== 'linux') return { port: createLoginItem(parts.app) };
  // An AppImage runs from a folder that is gone afterwards; this names the file itself.
  const program = parts.env.APPIMAGE ?? process.execPath;
  return { port: createAutostartFile({ configFolder: parts.app.getPath('appData'), program }) };
}

/** Whether this start is one to the tray alone. macOS keeps no arguments, but knows that it was at login. */
export const startsHidden = (
  app: { getLoginItemSettings(): { wasOpenedAtLogin: boolean } },
  argv: readonly string[],
): boolean =>
  argv.includes(HIDDEN_ARGUMENT) ||
  (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

/** Linux desktops start what has a file in the autostart folder (the XDG autostart specification). */
export function createAutostartFile(parts: { configFolder: string; program: string }): LoginStartPort {
  const file = join(parts.configFolder, 'autostart', 'quarterdeck.desktop');
  const entry = autostartEntry(parts.program);

  const port: LoginStartPort = {
    read() {
      const text = readText(file);
      return { kind: text !== null && !isSwitchedOff(text) ? 'on' : 'off' };
    },
    set(on) {
      try {
        if (!on) {
          rmSync(file, { force: true });
          return;
        }
        mkdirSync(dirname(file), { recursive: true });
        const draft = `${file}.new`;
        writeFileSync(draft, entry);
        renameSync(draft, file);
      } catch (error) {
        throw new Error(`The autostart folder (${dirname(file)}) cannot be written.`, { cause: error });
      }
    },
  };
  renewMoved(file, entry, port);
  return port;
}

/** A program that was moved, as an AppImage may be, would silently no longer start. */
function renewMoved(file: string, entry: string, port: LoginStartPort): void {
  const text = readText(file);
  if (text === null || text === entry || port.read().kind === 'off') return;
  try {
    port.set(true);
  } catch {
    // It stands as it stood; the switch in the settings says what is wrong when it is used.
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Desktops switch an entry off by these lines instead of taking the file away. */
const isSwitchedOff = (text: string): boolean =>
  /^\s*Hidden\s*=\s*true\s*$/im.test(text) || /^\s*X-GNOME-Autostart-enabled\s*=\s*false\s*$/im.test(text);

function autostartEntry(program: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${appName}`,
    'Comment=Watches your bots from the tray',
    `Exec=${quoted(program)} ${HIDDEN_ARGUMENT}`,
    'Icon=quarterdeck',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** An argument as the Desktop Entry Specification quotes it: its own characters first, then those of the file's strings. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%');
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`;
}
