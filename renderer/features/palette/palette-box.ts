import { t } from '#shared/words.ts';

/** The box of the palette looks the same before and after its list is there. */
export const paletteBox = (): { placeholder: string; className: string } => ({
  placeholder: t('Go to a place, a proposal, a command'),
  className:
    'h-12 shrink-0 border-b border-line bg-transparent px-4 text-base text-ink outline-none placeholder:text-faint',
});

const LIST_KEYS: ReadonlySet<string> = new Set(['Enter', 'ArrowDown', 'ArrowUp', 'Home', 'End']);

/** Whether a key is meant for the list and not for the text in the box. */
export const isListKey = (key: string): boolean => LIST_KEYS.has(key);

/** Gives the list the keys that were pressed before it was there, once it has drawn what it found. */
export function pressAgain(box: HTMLElement | null, keys: readonly string[]): () => void {
  const id = requestAnimationFrame(() => {
    for (const key of keys) box?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  });
  return () => cancelAnimationFrame(id);
}
