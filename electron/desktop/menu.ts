import type { MenuItemConstructorOptions } from 'electron';
import { Menu } from 'electron';

import type { Destination, Place } from '#shared/domain/attention.ts';

import { appName } from './app-name.ts';

const PLACES: readonly { place: Place; label: string }[] = [
  { place: 'deck', label: 'Deck' },
  { place: 'approvals', label: 'Approvals' },
  { place: 'portfolio', label: 'Portfolio' },
  { place: 'alerts', label: 'Alerts' },
  { place: 'models', label: 'Models' },
  { place: 'market', label: 'Market' },
  { place: 'copy-trading', label: 'Copy trading' },
  { place: 'bot-room', label: 'Bot room' },
  { place: 'assistant', label: 'Assistant' },
  { place: 'journal', label: 'Journal' },
];

/** The application menu by each platform's conventions. The Edit roles are what makes copy and paste work on macOS. */
export function installMenu(parts: {
  isMac: boolean;
  developer: boolean;
  open(destination: Destination): void;
  /** Locks the desk; nothing where no lock is set up. */
  lock(): void;
  quit(): void;
}): void {
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => parts.open({ place: 'settings', itemId: null }),
  };
  const quit: MenuItemConstructorOptions = {
    label: `Quit ${appName}`,
    accelerator: 'CmdOrCtrl+Q',
    click: () => parts.quit(),
  };
  const lock: MenuItemConstructorOptions = {
    label: 'Lock the desk',
    accelerator: 'CmdOrCtrl+Shift+L',
    click: () => parts.lock(),
  };
  const about: MenuItemConstructorOptions[] = [{ role: 'about' }, { type: 'separator' }];
  const hiding: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
  ];
  const first: MenuItemConstructorOptions = {
    label: appName,
    submenu: [...about, settings, lock, ...(parts.isMac ? hiding : []), { type: 'separator' }, quit],
  };
  const go: MenuItemConstructorOptions = {
    label: 'Go',
    submenu: PLACES.map(({ place, label }) => ({ label, click: () => parts.open({ place, itemId: null }) })),
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(parts.developer
        ? ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const)
        : []),
    ],
  };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([first, { role: 'editMenu' }, go, view, { role: 'windowMenu' }]),
  );
}
