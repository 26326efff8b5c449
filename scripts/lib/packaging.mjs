import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { build } from 'electron-builder';

import { ensureBuilt } from './build.mjs';
import { projectRoot } from './paths.mjs';
import { runOrThrow } from './run.mjs';

/** What a file and the application itself say of a build that nobody should install. */
const NOT_FOR_RELEASE = 'NOT-FOR-RELEASE';

/**
 * Puts the application together as a folder with the Electron at hand; nothing is downloaded. Returns the folder, the
 * program in it, and why it is not for release (null where it may be signed and given away).
 */
export async function packageFolder(electron) {
  ensureBuilt();
  const reason = !electron.isOfficial
    ? `made with Electron ${electron.version} from ${electron.source.replace(/, not for release$/, '')}`
    : null;
  const output = join(projectRoot, 'dist', reason === null ? 'unpacked' : NOT_FOR_RELEASE.toLowerCase());
  rmSync(output, { recursive: true, force: true });
  await build({
    ...target('dir'),
    projectDir: projectRoot,
    config: {
      extends: join(projectRoot, 'electron-builder.yml'),
      directories: { output },
      electronDist: electron.folder,
      electronVersion: electron.version,
      publish: null,
      extraMetadata: buildMetadata(reason),
    },
  });
  const folder = join(output, unpackedName());
  return { folder, program: join(folder, programPath()), reason };
}

/** Packs the folder into one file beside it, with the system's own tools, and returns its path. */
export function archiveFolder({ folder, reason }, version) {
  const mark = reason === null ? '' : `-${NOT_FOR_RELEASE}`;
  const name = `Quarterdeck-${version}-${process.platform}-${process.arch}${mark}`;
  if (process.platform === 'linux') {
    const file = join(dirname(folder), `${name}.tar.gz`);
    const renamed = `s,^${basename(folder)},${name},`;
    runOrThrow('tar', ['-czf', file, '-C', dirname(folder), `--transform=${renamed}`, basename(folder)]);
    return file;
  }
  const file = join(dirname(folder), `${name}.zip`);
  if (process.platform === 'darwin')
    runOrThrow('ditto', ['-c', '-k', '--sequesterRsrc', join(folder, 'Quarterdeck.app'), file]);
  else runOrThrow('tar', ['-a', '-cf', file, '-C', folder, '.']);
  return file;
}

/**
 * Makes a Debian package of the folder, by the same description as a release, with the system's own `dpkg-deb` in place of what
 * electron-builder would download. Returns its path.
 */
export async function packageDeb({ folder, reason }, version) {
  const mark = reason === null ? '' : `-${NOT_FOR_RELEASE}`;
  const name = `Quarterdeck-${version}-linux-${process.arch}${mark}.deb`;
  process.env.CUSTOM_FPM_PATH = join(import.meta.dirname, 'fpm-by-dpkg.mjs');
  const [file] = await build({
    linux: ['deb'],
    projectDir: projectRoot,
    prepackaged: folder,
    config: {
      extends: join(projectRoot, 'electron-builder.yml'),
      directories: { output: dirname(folder) },
      linux: { artifactName: name },
      // A release takes minutes for the smallest file; this is to be looked at.
      deb: { compression: 'gz' },
      publish: null,
    },
    publish: 'never',
  });
  return file;
}

/** Makes the installers that people get: downloads what that takes, signs, and refuses an Electron that is not the official one. */
export async function makeInstallers(electron) {
  if (!electron.isOfficial)
    throw new Error(`A release needs the official Electron; at hand is only ${electron.source}.`);
  const feed = updateFeed();
  if (feed === null)
    console.warn(
      'Without QUARTERDECK_UPDATE_FEED and QUARTERDECK_UPDATE_PUBLIC_KEY this release cannot update itself.',
    );
  ensureBuilt();
  return build({
    projectDir: projectRoot,
    config: {
      extends: join(projectRoot, 'electron-builder.yml'),
      electronDist: electron.folder,
      electronVersion: electron.version,
      publish: feed === null ? null : { provider: 'generic', url: feed.address, channel: 'latest' },
      generateUpdatesFilesForAllChannels: true,
      extraMetadata: buildMetadata(null),
    },
    publish: 'never',
  });
}

/** What the application later knows about its own making; see electron/desktop/lifecycle/build-info.ts. */
const buildMetadata = (reason) => ({
  quarterdeckBuild: {
    notForRelease: reason,
    revision: revision(),
    // A build that is not for release is not replaced by one that is behind its back.
    updates: reason === null ? updateFeed() : null,
  },
});

/** Where releases are announced, and the key that their announcements are signed with; null where nobody said. */
function updateFeed() {
  const address = process.env.QUARTERDECK_UPDATE_FEED ?? '';
  const publicKey = process.env.QUARTERDECK_UPDATE_PUBLIC_KEY ?? '';
  return address === '' || publicKey === '' ? null : { address, publicKey };
}

function revision() {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : null;
}

const target = (name) => ({ [{ darwin: 'mac', win32: 'win' }[process.platform] ?? 'linux']: [name] });

const unpackedName = () =>
  ({
    darwin: process.arch === 'arm64' ? 'mac-arm64' : 'mac',
    win32: process.arch === 'arm64' ? 'win-arm64-unpacked' : 'win-unpacked',
  })[process.platform] ?? (process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');

const programPath = () =>
  ({ darwin: join('Quarterdeck.app', 'Contents', 'MacOS', 'Quarterdeck'), win32: 'Quarterdeck.exe' })[
    process.platform
  ] ?? 'quarterdeck';
