import { z } from 'zod';

const MODIFIERS = ['CommandOrControl', 'Alt', 'Shift'] as const;
type Modifier = (typeof MODIFIERS)[number];

/** Keys that exist on any keyboard and mean the same on each; what types a character alone counts only with a modifier. */
const KEY = /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert)$/;

/** Keys that work in every program, as Electron names them: modifiers in a fixed order, then one key. */
export const accelerator = z.string().max(60).refine(isAccelerator, 'These keys cannot be used.');

/** Whether these are keys that may work everywhere: with Ctrl or Cmd, or Alt, so that no plain typing is taken away. */
export function isAccelerator(text: string): boolean {
  const parts = text.split('+');
  const key = parts.pop() ?? '';
  const modifiers = parts.filter((part): part is Modifier => MODIFIERS.some((one) => one === part));
  const inOrder = MODIFIERS.filter((one) => modifiers.includes(one));
  if (modifiers.length !== parts.length || inOrder.join() !== modifiers.join()) return false;
  return KEY.test(key) && (modifiers.includes('CommandOrControl') || modifiers.includes('Alt'));
}

/** A press as a keyboard event tells it. `code` names the place on the keyboard, `key` what it types. */
export interface KeyPress {
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The keys of one press, or null while only modifiers are down and where the keys cannot work everywhere. */
export function acceleratorOf(press: KeyPress): string | null {
  const modifiers = MODIFIERS.filter(
    (one) =>
      ({ CommandOrControl: press.ctrlKey || press.metaKey, Alt: press.altKey, Shift: press.shiftKey })[one],
  );
  const keys = [...modifiers, keyOf(press.code)].join('+');
  return isAccelerator(keys) ? keys : null;
}

const keyOf = (code: string): string => code.replace(/^(?:Key|Digit|Arrow)/, '');

/** The keys in the words of a keyboard. */
export const acceleratorInWords = (keys: string, isMac: boolean): string =>
  keys
    .split('+')
    .map((part) => (part === 'CommandOrControl' ? (isMac ? 'Cmd' : 'Ctrl') : part))
    .join(' + ');
