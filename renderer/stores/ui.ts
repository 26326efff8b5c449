import { create } from 'zustand';

import type { Destination, Place } from '#shared/domain/attention/attention.ts';
import type { CommandOrigin } from '#shared/domain/command.ts';

import { openInMain } from './open-apart.ts';
import { ownPlace } from './own-place.ts';
import { refusePast } from './refuse-past.ts';

interface UiState {
  readonly place: Place;
  /** The item that the place shows in detail: an approval key, an alert key, an asset … */
  readonly itemId: string | null;
  readonly paletteOpen: boolean;
  readonly cheatSheetOpen: boolean;
  readonly panicOpen: boolean;
  /** By what the panic dialog was opened; it is written down with the press. */
  readonly panicOrigin: CommandOrigin;
  readonly resumeOpen: boolean;
}

/** What the window shows. It holds nothing that would be missed after a reload. */
export const useUi = create<UiState>(() => ({
  place: ownPlace ?? 'deck',
  itemId: null,
  paletteOpen: false,
  cheatSheetOpen: false,
  panicOpen: false,
  panicOrigin: 'window',
  resumeOpen: false,
}));

/** Goes to a place and, where it matters, to an item in it. A window of one place shows others in the desk's own window. */
export function openPlace(place: Place, itemId: string | null = null): void {
  if (ownPlace !== null && place !== ownPlace) {
    useUi.setState({ paletteOpen: false });
    openInMain({ place, itemId });
    return;
  }
  useUi.setState({ place, itemId, paletteOpen: false });
}
export const openDestination = (destination: Destination): void =>
  openPlace(destination.place, destination.itemId);
export const selectItem = (itemId: string | null): void => useUi.setState({ itemId });
export const setPaletteOpen = (paletteOpen: boolean): void => useUi.setState({ paletteOpen });
export const setCheatSheetOpen = (cheatSheetOpen: boolean): void =>
  useUi.setState({ cheatSheetOpen, paletteOpen: false });
export const setPanicOpen = (panicOpen: boolean, panicOrigin: CommandOrigin = 'window'): void =>
  useUi.setState({ panicOpen, panicOrigin, paletteOpen: false });
export function setResumeOpen(resumeOpen: boolean): void {
  if (resumeOpen && refusePast()) return;
  useUi.setState({ resumeOpen, paletteOpen: false });
}
