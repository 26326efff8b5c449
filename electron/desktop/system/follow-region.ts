import type { Region } from '#shared/region.ts';
import { resolveRegion } from '#shared/domain/settings/region.ts';
import { setLocale } from '#shared/locale.ts';
import { setTimeZone } from '#shared/wall-time.ts';
import { speak } from '#shared/words.ts';

import type { Disposer } from '../../lib/disposables.ts';
import type { SettingsPort } from '../../settings/port.ts';
import { catalogueOf } from './catalogue.ts';

export interface RegionFollower {
  now(): Region;
  /** Calls when another language, way of writing or time zone holds. */
  onChange(listener: () => void): Disposer;
}

/**
 * Makes this process speak, write and count its days as the settings say, from now on and with every change of them.
 * `systemTag` is the system's language, such as "de-AT".
 */
export function followRegion(
  settings: SettingsPort,
  systemTag: string,
): RegionFollower & { dispose: Disposer } {
  const listeners = new Set<() => void>();
  let region = take();

  function take(): Region {
    const taken = resolveRegion(settings.get().region, systemTag);
    setLocale(taken.locale);
    setTimeZone(taken.timeZone);
    speak(taken.language, catalogueOf(taken.language));
    return taken;
  }

  const dispose = settings.onChange(() => {
    const before = JSON.stringify(region);
    region = take();
    if (JSON.stringify(region) !== before) for (const listener of listeners) listener();
  });
  return {
    now: () => region,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose,
  };
}
