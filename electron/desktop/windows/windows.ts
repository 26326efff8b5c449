import type { BrowserWindow } from 'electron';

import type { Destination } from '#shared/domain/attention/attention.ts';

import type { DeskWindow, DeskWindowParts } from './desk-window.ts';
import { openDeskWindow } from './desk-window.ts';
import type { PlaceWindows, PlaceWindowsParts } from './place-windows.ts';
import { createPlaceWindows } from './place-windows.ts';
import type { PlaybackWindow, PlaybackWindowParts } from './playback-window.ts';
import { createPlaybackWindow } from './playback-window.ts';

type Shared = 'files' | 'realClock' | 'log';

export interface WindowsParts extends Pick<DeskWindowParts, Shared> {
  desk: Omit<DeskWindowParts, Shared>;
  places: Omit<PlaceWindowsParts, Shared>;
  past: Omit<PlaybackWindowParts, Shared>;
}

/** The desk's own window, the places that were torn off it, and the past. Before `start` there are none. */
export interface Windows {
  /** Opens the desk's own window; the places that stood beside it when the desk ended follow once it shows. */
  start(parts: WindowsParts): void;
  /** The desk's own. */
  own(): BrowserWindow | null;
  /** All but the desk's own. */
  others(): readonly BrowserWindow[];
  all(): readonly BrowserWindow[];
  /** The one whose page has this id; `null` where it is gone. */
  byId(id: number): BrowserWindow | null;
  /** Shows the desk's own, hidden or minimised as it may be. */
  show(): void;
  toggle(): void;
  flash(): void;
  /** Goes to an item: where its place shows already, so that a click on a notice does not open it twice. */
  open(destination: Destination): void;
  /** Goes to an item in the desk's own window, or in one of its place's own. */
  openIn(which: 'own' | 'apart', destination: Destination): void;
  /** The window of the past: opened, or brought to the front. */
  showPast(): void;
  past(): BrowserWindow | null;
  /** Whether a page is, or was, one of the past. */
  isPast(windowId: number): boolean;
  /** Loads every page anew, the desk's own at a place. */
  reload(destination: Destination): void;
  /** Ends them all, remembering where they were. */
  destroy(): void;
}

export function createWindows(): Windows {
  let desk: DeskWindow | null = null;
  let places: PlaceWindows | null = null;
  let playback: PlaybackWindow | null = null;

  const own = (): BrowserWindow | null => desk?.current() ?? null;
  const past = (): BrowserWindow | null => playback?.current() ?? null;
  const present = (window: BrowserWindow | null): BrowserWindow[] => (window === null ? [] : [window]);
  const others = (): BrowserWindow[] => [...(places?.all() ?? []), ...present(past())];
  const all = (): BrowserWindow[] => [...present(own()), ...others()];

  return {
    start({ desk: ofDesk, places: ofPlaces, past: ofPast, ...shared }) {
      const apart = createPlaceWindows({ ...shared, ...ofPlaces });
      places = apart;
      playback = createPlaybackWindow({ ...shared, ...ofPast });
      desk = openDeskWindow({
        ...shared,
        ...ofDesk,
        onOpened(window) {
          ofDesk.onOpened(window);
          // A desk that was started to the tray shows nothing before it is asked for.
          window.once('show', apart.reopen);
        },
      });
    },
    own,
    others,
    all,
    byId: (id) => all().find(({ webContents }) => webContents.id === id) ?? null,
    show: () => desk?.show(),
    toggle: () => desk?.toggle(),
    flash: () => desk?.flash(),
    open(destination) {
      if (places?.has(destination.place) === true) places.open(destination);
      else desk?.open(destination);
    },
    openIn: (which, destination) => (which === 'apart' ? places : desk)?.open(destination),
    showPast: () => playback?.show(),
    past,
    isPast: (windowId) => playback?.isPast(windowId) ?? false,
    reload(destination) {
      for (const window of others()) window.webContents.reload();
      desk?.reload(destination);
    },
    destroy() {
      places?.destroy();
      playback?.destroy();
      desk?.destroy();
    },
  };
}
