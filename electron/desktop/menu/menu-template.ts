import type { MenuItemConstructorOptions } from 'electron';

import type { Destination, Place } from '#shared/domain/attention/attention.ts';
import { TOUR_ITEM } from '#shared/domain/settings/guide.ts';
import { t } from '#shared/words.ts';

import { appName } from '../lifecycle/app-name.ts';

export interface MenuParts {
  isMac: boolean;
  developer: boolean;
  /** Shows the page of every shared part, which only a desk run from its sources has. */
  showDesignSystem(): void;
  open(destination: Destination): void;
  /** Opens a window for the place alone. */
  openApart(place: Place): void;
  /** Shows the window of the past, or says why there is none. */
  playBack(): void;
  /** Shows the question before a halt. */
  askPanic(): void;
  /** Locks the desk; nothing where no lock is set up. */
  lock(): void;
  quit(): void;
}

/** Asked for anew with each menu: the language may have changed. */
const places = (): readonly { place: Place; label: string }[] => [
  { place: 'deck', label: t('Deck') },
  { place: 'approvals', label: t('Approvals') },
  { place: 'portfolio', label: t('Portfolio') },
  { place: 'alerts', label: t('Alerts') },
  { place: 'models', label: t('Models') },
  { place: 'market', label: t('Market') },
  { place: 'copy-trading', label: t('Copy trading') },
  { place: 'bot-room', label: t('Bot room') },
  { place: 'assistant', label: t('Assistant') },
  { place: 'journal', label: t('Journal') },
];

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The application menu as data. macOS has the application's own menu first, with its services and hiding; elsewhere File
 * ends with Quit and Help has About. The Edit roles are what makes copy and paste work on macOS.
 */
export function menuTemplate(parts: MenuParts): MenuItemConstructorOptions[] {
  const goTo = (label: string, place: Place, itemId: string | null = null): MenuItemConstructorOptions => ({
    label,
    click: () => parts.open({ place, itemId }),
  });
  const goApart = (label: string, place: Place): MenuItemConstructorOptions => ({
    label,
    click: () => parts.openApart(place),
  });
  const settings = { ...goTo(t('Settings…'), 'settings'), accelerator: 'CmdOrCtrl+,' };
  const updates = goTo(t('Updates…'), 'settings', 'updates');
  const panic: MenuItemConstructorOptions = { label: t('PANIC…'), click: () => parts.askPanic() };
  const lock: MenuItemConstructorOptions = {
    label: t('Lock the desk'),
    accelerator: 'CmdOrCtrl+Shift+L',
    click: () => parts.lock(),
  };
  const quit: MenuItemConstructorOptions = {
    label: t('Quit {name}', { name: appName }),
    accelerator: 'CmdOrCtrl+Q',
    click: () => parts.quit(),
  };
  const about: MenuItemConstructorOptions = { role: 'about', label: t('About {name}', { name: appName }) };

  const application: MenuItemConstructorOptions = {
    label: appName,
    submenu: [
      about,
      updates,
      separator,
      settings,
      lock,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      quit,
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: t('File'),
    submenu: parts.isMac
      ? [panic, separator, { role: 'close' }]
      : [panic, separator, settings, lock, separator, { role: 'close' }, quit],
  };
  const developing: MenuItemConstructorOptions[] = [
    separator,
    { role: 'reload' },
    { role: 'toggleDevTools' },
    { label: 'Design system', click: () => parts.showDesignSystem() },
  ];
  return [
    ...(parts.isMac ? [application] : []),
    file,
    { role: 'editMenu' },
    {
      label: t('Go'),
      submenu: [
        ...places().map(({ label, place }) => goTo(label, place)),
        separator,
        { label: t('In its own window'), submenu: places().map(({ label, place }) => goApart(label, place)) },
      ],
    },
    {
      label: t('View'),
      submenu: [
        { label: t('Play back the last minutes'), click: () => parts.playBack() },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(parts.developer ? developing : []),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        goTo(t('Take the tour'), 'deck', TOUR_ITEM),
        goTo(t('Keys of this computer'), 'settings', 'desktop'),
        ...(parts.isMac ? [] : [updates, about]),
      ],
    },
  ];
}
