import { Menu, app } from 'electron';

import { appName } from '../lifecycle/app-name.ts';
import type { BuildInfo } from '../lifecycle/build-info.ts';
import type { MenuParts } from './menu-template.ts';
import { menuTemplate } from './menu-template.ts';

/** Shows the application menu, and what About says. */
export function installMenu(parts: MenuParts & { build: BuildInfo; iconPath: string }): void {
  const { build, iconPath } = parts;
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(parts)));
  app.setAboutPanelOptions({
    applicationName: appName,
    applicationVersion: app.getVersion(),
    version: build.revision ?? '',
    copyright: 'Copyright © 2026 The Quarterdeck authors. MIT licence.',
    ...(build.notForRelease === null ? {} : { credits: `NOT FOR RELEASE: ${build.notForRelease}` }),
    iconPath,
  });
}
