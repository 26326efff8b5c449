/** Switches that Electron needs on this system. Chromium's sandbox cannot run as root, and only then is it off. */
export function electronArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** The environment for an Electron found by `findElectron`. */
export function electronEnvironment(electron) {
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electron.folder };
  delete env.ELECTRON_RUN_AS_NODE;
  return env;
}
