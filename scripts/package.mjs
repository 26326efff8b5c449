/**
 * `npm run package`: the application as a folder and an archive of it in dist/, with the Electron at hand. With `--release`
 * (`npm run release`) the installers instead, which needs the official Electron and a network; with `--unpacked` the folder
 * alone; with `--deb` a Debian package of it.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { ensureElectron } from './lib/electron-runtime.mjs';
import { archiveFolder, makeInstallers, packageDeb, packageFolder } from './lib/packaging.mjs';
import { projectRoot } from './lib/paths.mjs';

try {
  const electron = await ensureElectron();
  console.log(`Packaging with Electron ${electron.version} (${electron.source})`);
  if (process.argv.includes('--release')) {
    for (const file of await makeInstallers(electron)) console.log(relative(projectRoot, file));
  } else {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const packaged = await packageFolder(electron);
    console.log(relative(projectRoot, packaged.program));
    if (process.argv.includes('--deb'))
      console.log(relative(projectRoot, await packageDeb(packaged, version)));
    else if (!process.argv.includes('--unpacked'))
      console.log(relative(projectRoot, archiveFolder(packaged, version)));
    if (packaged.reason !== null) console.log(`NOT FOR RELEASE: ${packaged.reason}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
