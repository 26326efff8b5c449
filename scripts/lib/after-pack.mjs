import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { setFuses } from './fuses.mjs';

/** Called by electron-builder when the application is put together and not yet signed. */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const isMac = electronPlatformName === 'darwin';
  const resources = isMac
    ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
    : join(appOutDir, 'resources');
  // Electron's own page for a start without an application; a distribution at hand still has it.
  rmSync(join(resources, 'default_app.asar'), { force: true });
  await setFuses(
    join(appOutDir, packagedProgram(electronPlatformName, packager.appInfo.productFilename)),
    electronPlatformName,
  );
}

/** The program within the folder of an unpacked application. */
const packagedProgram = (platform, productName) =>
  ({ darwin: `${productName}.app`, win32: `${productName}.exe` })[platform] ?? 'quarterdeck';
