import type { Logger } from '../lib/logger.ts';
import type { Fetch } from './announcement.ts';
import type { UpdateEngine } from './update-engine.ts';
import { installsAlways } from './updater-kind.ts';
import type { InstalledAs } from './updater-kind.ts';
import { findUpdaterKind } from './updater-kind.ts';

/** The engine for the way in which this copy was installed, or why there is none, in words. */
export function findUpdateEngine(
  parts: InstalledAs & { fetch: Fetch; arch: string; log: Logger },
): UpdateEngine | { why: string } {
  const found = findUpdaterKind(parts);
  if ('why' in found) return found;
  const { feed, kind } = found;
  let loaded: UpdateEngine | null = null;
  /** With the first look, so that no start waits for the library. */
  async function load(): Promise<UpdateEngine> {
    const { createUpdateEngine, updaters } = await import('./update-engine.ts');
    return (loaded ??= createUpdateEngine({ ...parts, feed, newUpdater: () => new updaters[kind]() }));
  }
  return {
    installsAlways: installsAlways(parts.platform),
    find: async (...asked) => (await load()).find(...asked),
    fetch: async (...asked) => (await load()).fetch(...asked),
    install: (again) => loaded?.install(again),
  };
}
