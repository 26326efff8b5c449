/**
 * Brings a fresh clone to the point where everything else can run: system libraries, Node 24, packages, an Electron
 * runtime. Uses only what Node 20 has and nothing from node_modules. Does nothing, quickly, when all is there.
 */
import { ensureElectron } from './lib/electron-runtime.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureSystemLibraries } from './lib/system-libraries.mjs';

const forTests = process.argv.includes('--tests');

try {
  ensureSystemLibraries({ forTests });
  ensurePackages();
  await ensureElectron();
} catch (error) {
  console.error(`\nSet-up stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
