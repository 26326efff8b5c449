import { join } from 'node:path';

import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import { Menu, Tray, app, nativeImage } from 'electron';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import { trayImageName } from './tray-image-name.ts';
import type { TrayAct, TrayItem, TrayModel } from './tray-model.ts';

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
  const images = new Map<string, NativeImage>();
  let shown = model();
  const tray = new Tray(imageOf(shown));
  show(shown);
  tray.on('click', () => onAct({ kind: 'open', destination: null }));

  const stop = realClock.every(LOOK_MS, () => {
    const next = model();
    if (JSON.stringify(next) === JSON.stringify(shown)) return;
    if (imageName(next) !== imageName(shown)) tray.setImage(imageOf(next));
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

  function imageOf(current: TrayModel): NativeImage {
    const name = imageName(current);
    const known = images.get(name);
    if (known !== undefined) return known;
    const image = nativeImage.createFromPath(join(imageFolder, name));
    images.set(name, image);
    return image;
  }

  return () => {
    stop();
    tray.destroy();
  };
}

const imageName = (current: TrayModel): string => trayImageName(current, process.platform);
