import { z } from 'zod';

import { t } from '../../words.ts';

/** What a person can give keys of their own, in the order in which it is listed. */
export const SHORTCUT_NAMES = [
  'palette',
  'cheat-sheet',
  'mute',
  'place.deck',
  'place.approvals',
  'place.portfolio',
  'place.alerts',
  'place.models',
  'place.market',
  'place.copy-trading',
  'place.bot-room',
  'place.assistant',
  'place.journal',
  'approvals.next',
  'approvals.previous',
  'approvals.arm',
  'approvals.decline',
] as const;
export type ShortcutName = (typeof SHORTCUT_NAMES)[number];

/** `null` is no keys. Nothing that costs money is among them: approving is armed by a key and done by another. */
export const DEFAULT_KEYS: Readonly<Record<ShortcutName, string | null>> = {
  palette: 'Mod+K',
  'cheat-sheet': '?',
  mute: null,
  'place.deck': 'Mod+1',
  'place.approvals': 'Mod+2',
  'place.portfolio': 'Mod+3',
  'place.alerts': 'Mod+4',
  'place.models': 'Mod+5',
  'place.market': 'Mod+6',
  'place.copy-trading': 'Mod+7',
  'place.bot-room': 'Mod+8',
  'place.assistant': 'Mod+9',
  'place.journal': 'Mod+0',
  'approvals.next': 'J',
  'approvals.previous': 'K',
  'approvals.arm': 'A',
  'approvals.decline': 'D',
};

/** The keys of PANIC in the window: once they ask, and again they halt (K10). */
export const PANIC_KEYS = 'Mod+Shift+P';

/** Keys that stay what they are, with what they do. */
export const FIXED_KEYS: Readonly<Record<string, string>> = {
  [PANIC_KEYS]: 'PANIC',
  'Mod+Shift+L': t('Lock the desk'),
  'Mod+,': t('Settings'),
  'Mod+Q': t('Quit'),
  F6: t('Next part of the window'),
  'Shift+F6': t('Part of the window before'),
  'Mod+A': t('Select all'),
  'Mod+C': t('Copy'),
  'Mod+V': t('Paste'),
  'Mod+X': t('Cut'),
  'Mod+Z': t('Undo typing'),
  'Mod+Shift+Z': t('Redo typing'),
  'Mod+W': t('Close the window'),
};

/** Modifiers in a fixed order, then one key by what it types. */
const CHORD = /^(?:Mod\+)?(?:Alt\+)?(?:Shift\+)?(?:[A-Z0-9]|F(?:[1-9]|1[0-2])|[,.;:/?'\-=[\]\\`])$/;

/** Only what a person changed; the rest has its default. */
export const shortcutSettings = z.object({
  keys: z.partialRecord(z.enum(SHORTCUT_NAMES), z.string().max(30).regex(CHORD).nullable()).default({}),
});
export type ShortcutKeys = z.infer<typeof shortcutSettings>['keys'];

/** The keys of everything, as they are now. Where two have the same the first listed has them, and the other none. */
export function keysNow(changed: ShortcutKeys): Record<ShortcutName, string | null> {
  const taken = new Set<string>();
  const now = { ...DEFAULT_KEYS };
  for (const name of SHORTCUT_NAMES) {
    const keys = changed[name] === undefined ? DEFAULT_KEYS[name] : changed[name];
    now[name] = keys !== null && !taken.has(keys) ? keys : null;
    if (keys !== null) taken.add(keys);
  }
  return now;
}

interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * The keys of a press, or `null` while only modifiers are down and where they can be no shortcut. A sign that takes Shift to type is
 * named by itself: `?` is `?` on any keyboard.
 */
export function chordOf(press: Press): string | null {
  const key = keyOf(press);
  const takesShift = /^[^A-Z0-9]$/.test(key);
  const text = [
    ...(press.ctrlKey || press.metaKey ? ['Mod'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey && !takesShift ? ['Shift'] : []),
    key,
  ].join('+');
  return CHORD.test(text) ? text : null;
}

const isForeignLetter = (key: string): boolean =>
  /^\p{Letter}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);

/**
 * With Ctrl or Cmd a digit by its place on the keyboard, since some type it only with Shift, and a letter too where the keyboard types
 * no Latin ones; anything else by what it types.
 */
const keyOf = ({ key, code, ctrlKey, metaKey }: Press): string => {
  if (/^Digit\d$/.test(code) && (ctrlKey || metaKey)) return code.slice('Digit'.length);
  if (/^Key[A-Z]$/.test(code) && (ctrlKey || metaKey) && isForeignLetter(key))
    return code.slice('Key'.length);
  return key.length === 1 ? key.toUpperCase() : key;
};
