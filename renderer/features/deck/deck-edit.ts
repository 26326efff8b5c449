import { create } from 'zustand';

import type { DeckLayout, DeckSettings } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { describeError } from '../../bridge.ts';
import { changeSettings, useSettings, useSettingsStore } from '../../stores/settings.ts';
import { toast } from '../../stores/toasts.ts';
import { currentLayout, withLayout } from './layout/layouts.ts';

const MOST_UNDO = 50;

interface DeckEdit {
  readonly editing: boolean;
  /** What was chosen and is not on disk yet; shown in the meantime. */
  readonly draft: DeckSettings | null;
  /** The layouts before each change since the editing began. */
  readonly past: readonly DeckLayout[];
  /** What the last act did, for the line under the title and for screen readers. */
  readonly said: string;
}

export const useDeckEdit = create<DeckEdit>(() => ({ editing: false, draft: null, past: [], said: '' }));

/** The layouts as they show in this window; `null` until the settings are read. */
export function useDeckSettings(): DeckSettings | null {
  const kept = useSettings()?.deck ?? null;
  return useDeckEdit(({ draft }) => draft) ?? kept;
}

export const startEditing = (): void => useDeckEdit.setState({ editing: true, past: [], said: '' });
export const stopEditing = (): void => useDeckEdit.setState({ editing: false, past: [], said: '' });
export const say = (said: string): void => useDeckEdit.setState({ said });

/** Changes a layout at once, keeps it, and remembers what it was for an undo. */
export function editLayout(before: DeckLayout, after: DeckLayout, said: string): void {
  if (before === after) return;
  useDeckEdit.setState(({ past }) => ({ past: [...past, before].slice(-MOST_UNDO), said }));
  void keepDeck((deck) => withLayout(deck, after));
}

export function undo(): void {
  const { past } = useDeckEdit.getState();
  const last = past.at(-1);
  if (last === undefined) return;
  useDeckEdit.setState({ past: past.slice(0, -1), said: t('Taken back.') });
  void keepDeck((deck) => withLayout(deck, last));
}

let writing = Promise.resolve();

/** Changes what is kept of the deck, one change after the other. Answers whether it could be saved; says so when not. */
export async function keepDeck(change: (deck: DeckSettings) => DeckSettings): Promise<boolean> {
  const kept = useSettingsStore.getState().settings?.deck;
  const shown = useDeckEdit.getState().draft ?? kept;
  if (shown === undefined) return false;
  let saved = false;
  try {
    const next = change(shown);
    useDeckEdit.setState({ draft: next });
    writing = writing.then(() => changeSettings({ deck: next }));
    await writing;
    saved = true;
    if (useDeckEdit.getState().draft === next) useDeckEdit.setState({ draft: null });
  } catch (error) {
    writing = Promise.resolve();
    useDeckEdit.setState({ draft: null });
    toast.error(t('The layout could not be saved'), { description: describeError(error) });
  }
  return saved;
}

/** What shows now, outside of drawing. */
export function shownLayout(): DeckLayout | null {
  const deck = useDeckEdit.getState().draft ?? useSettingsStore.getState().settings?.deck;
  return deck === undefined ? null : currentLayout(deck);
}
