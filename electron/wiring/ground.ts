import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { app } from 'electron';

import { appId } from '../desktop/lifecycle/app-name.ts';
import type { BuildInfo } from '../desktop/lifecycle/build-info.ts';
import { readBuildInfo } from '../desktop/lifecycle/build-info.ts';
import type { LaunchOptions } from '../desktop/lifecycle/launch-options.ts';
import { parseLaunchOptions } from '../desktop/lifecycle/launch-options.ts';
import type { LogFile } from '../desktop/system/log-file.ts';
import { openLogFile } from '../desktop/system/log-file.ts';
import type { Clock, ClockFigures } from '../lib/clock.ts';
import { createScaledClock, createSystemClock } from '../lib/clock.ts';

/** What stands before any part of the desk does: where things lie, how this launch was asked for, the log and the clocks. */
export interface Ground {
  /** The folder of what was built. */
  out: string;
  /** The file of a worker or a helper process, as it was built. */
  worker(name: string): URL;
  resources: string;
  icon: string;
  dataFolder: string;
  logFolder: string;
  build: BuildInfo;
  launch: LaunchOptions;
  /** Whether the system may be told about this program: not for a desk run from its sources, nor for a test's. */
  isInstalled: boolean;
  log: LogFile;
  /** The desk's time, which a test may make run faster. */
  clock: Clock;
  clockFigures: ClockFigures;
  /** The machine's own time. */
  realClock: Clock;
}

/** Called once, before Electron is ready: the data folder must be known before anything asks for it. */
export function layGround(out: string): Ground {
  const build = readBuildInfo(join(out, '..'));
  const launch = parseLaunchOptions(process.env);
  app.setAppUserModelId(appId);
  if (launch.dataFolder !== null) app.setPath('userData', launch.dataFolder);
  const dataFolder = app.getPath('userData');
  // Libraries print what they send, tokens included, when this is set (S1).
  delete process.env.DEBUG;

  const logFolder = join(dataFolder, 'logs');
  const realClock = createSystemClock();
  const startedAtMs = realClock.now();
  const clockFigures = { factor: launch.clockFactor, originMs: startedAtMs, originRealMs: startedAtMs };
  const resources = join(out, '..', 'resources');
  return {
    out,
    worker: (name) => pathToFileURL(join(out, 'main', name)),
    resources,
    icon: join(resources, 'icons', 'app', '256x256.png'),
    dataFolder,
    logFolder,
    build,
    launch,
    isInstalled: app.isPackaged && build.notForRelease === null && launch.dataFolder === null,
    log: openLogFile(logFolder),
    clock: createScaledClock(clockFigures),
    clockFigures,
    realClock,
  };
}
