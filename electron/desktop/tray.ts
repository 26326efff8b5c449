import { join } from 'node:path';

import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import { Menu, Tray, app, nativeImage } from 'electron';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { TrayAct, TrayIcon, TrayItem, TrayModel } from './tray-model.ts';

/** How often the model is looked at; the menu is only built anew when it says something else. */
const LOOK_MS = 1_000;

export interface TrayParts {
  imageFolder: string;
  realClock: Clock;
  model(): TrayModel;
  onAct(act: TrayAct): void;
}

/** Shows the tray icon, and the badge where the system has one, and keeps them true. */
export function startTray({ imageFolder, realClock, model, onAct }: TrayParts): Disposer {
  const images = new Map<TrayIcon, NativeImage>();
  let shown = model();
  const tray = new Tray(imageOf(shown.icon));
  show(shown);
  tray.on('click', () => onAct({ kind: 'open', destination: null }));

  const stop = realClock.every(LOOK_MS, () => {
    const next = model();
    if (JSON.stringify(next) === JSON.stringify(shown)) return;
    if (next.icon !== shown.icon) tray.setImage(imageOf(next.icon));
    shown = next;
    show(next);
  });

  function show(current: TrayModel): void {
    tray.setToolTip(current.tooltip);
    tray.setContextMenu(Menu.buildFromTemplate(current.items.map(template)));
    app.setBadgeCount(current.needed);
  }

  function template(item: TrayItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return { label: item.label, enabled: false };
      case 'submenu':
        return { label: item.label, submenu: item.items.map(template) };
      case 'check':
        return { label: item.label, type: 'checkbox', checked: item.checked, click: () => onAct(item.act) };
      case 'act':
        return { label: item.label, click: () => onAct(item.act) };
    }
  }

  function imageOf(icon: TrayIcon): NativeImage {
    const known = images.get(icon);
    if (known !== undefined) return known;
    const image = nativeImage.createFromPath(join(imageFolder, `${imageName(icon)}.png`));
    images.set(icon, image);
    return image;
  }

  return () => {
    stop();
    tray.destroy();
  };
}

/** macOS draws a template in the colour of its menu bar; a halt keeps its red there as well. */
const imageName = (icon: TrayIcon): string =>
  process.platform === 'darwin' && icon !== 'killed' ? `${icon}Template` : icon;
