import { spokenWords } from '#shared/words.ts';

import type * as Telling from './tell.ts';

let telling: Pick<typeof Telling, 'tell' | 'told'> | null = null;

/**
 * Fetches what says the main process's English in another language. Resolves once `tell` and `told` do: nothing is drawn before, or the
 * window would begin in English. Where English is spoken nothing is fetched.
 */
export async function loadTelling(): Promise<void> {
  if (spokenWords() !== null) telling = await import('./tell.ts');
}

/** Says what the main process answered or told, in place, in the language of the window. */
export const tell = (name: string, payload: unknown): void => telling?.tell(name, payload);

/** A text of the main process in the language of the window. */
export const told = (text: string): string => telling?.told(text) ?? text;
