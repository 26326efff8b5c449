import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * What a packaged Quarterdeck can no longer be made to do. The practice desk is a utility process and the journal a thread of
 * the main process, so neither needs Electron to run as Node.
 */
export const wantedFuses = (platform) => ({
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // Electron checks the archive against a digest in the signed program on these two alone.
  EnableEmbeddedAsarIntegrityValidation: platform !== 'linux',
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
});

/** Sets every fuse that this Electron has in the program at `binary`; has to come before signing. */
export async function setFuses(binary, platform) {
  const present = await readFuses(binary);
  const wanted = Object.entries(wantedFuses(platform)).filter(([name]) => name in present);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: platform === 'darwin',
    ...Object.fromEntries(wanted.map(([name, on]) => [FuseV1Options[name], on])),
  });
}

/** The fuses in the program at `binary` by name, as they are; a name that this Electron lacks is left out. */
export async function readFuses(binary) {
  const wire = await getCurrentFuseWire(binary);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  return Object.fromEntries(
    names
      .filter((name) => wire[FuseV1Options[name]] !== undefined)
      .map((name) => [name, wire[FuseV1Options[name]] === FuseState.ENABLE]),
  );
}
