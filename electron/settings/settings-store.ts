import type { BackendConfig } from '#shared/domain/backend.ts';
import { backendConfig } from '#shared/domain/backend.ts';
import type { DecisionRule } from '#shared/domain/decision-rule.ts';
import { decisionRule } from '#shared/domain/decision-rule.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings.ts';

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createStoreFile } from '../lib/store-file.ts';
import { migrate, SETTINGS_VERSION, storedVersion } from './migrate.ts';
import type { SettingsPort } from './port.ts';

const MOST_RULES = 50;

export interface SettingsOptions {
  /** Where `settings.json` lies. */
  folder: string;
  clock: Clock;
  log: Logger;
}

/**
 * Reads the settings and keeps them on disk. Never fails on what it finds there: what cannot be understood is kept in a
 * copy beside it, logged, and replaced by defaults, section by section. Changes throw with words when they cannot be
 * written, and then nothing has changed.
 */
export function openSettings({ folder, clock, log }: SettingsOptions): SettingsPort {
  const file = createStoreFile(folder, 'settings');
  const listeners = new Set<(settings: Settings) => void>();
  let current = read();

  function read(): Settings {
    const stored = file.read();
    switch (stored.kind) {
      case 'missing':
        return settingsSchema.parse({});
      case 'object':
        return understand(stored.value);
      case 'damaged':
        log.error('settings are not JSON, starting with defaults', {
          keptAs: attempt(() => file.setAside('invalid', clock.now())),
        });
        return settingsSchema.parse({});
      case 'unreadable':
        log.error('settings cannot be read, starting with defaults');
        return settingsSchema.parse({});
    }
  }

  function understand(stored: Record<string, unknown>): Settings {
    const version = storedVersion(stored);
    if (version > SETTINGS_VERSION) {
      const keptAs = attempt(() => file.keepCopy(`version-${version}`, clock.now()));
      log.warn('settings were written by a newer version', { version, keptAs });
      return salvage({ ...stored, version: SETTINGS_VERSION });
    }
    try {
      return settingsSchema.parse(migrate(stored));
    } catch {
      const keptAs = attempt(() => file.keepCopy('invalid', clock.now()));
      log.error('some settings were not valid and are back at their defaults', { keptAs });
      return salvage(stored);
    }
  }

  /** The copy is a kindness; that it cannot be made must not keep the desk from starting. */
  function attempt(keep: () => string): string | null {
    try {
      return keep();
    } catch {
      return null;
    }
  }

  function replace(next: Settings): Settings {
    const checked = settingsSchema.parse(next);
    try {
      file.write(checked);
    } catch (error) {
      log.error('settings cannot be written', { error: error instanceof Error ? error.message : 'unknown' });
      throw new Error('The settings could not be saved: the disk refuses the file.', { cause: error });
    }
    current = checked;
    for (const listener of [...listeners]) listener(current);
    return current;
  }

  return {
    get: () => current,
    change: (change) => replace(merge(current, change)),
    saveBackend(config) {
      const known = current.backends.some((backend) => backend.id === config.id);
      const backends = known
        ? current.backends.map((backend) => (backend.id === config.id ? config : backend))
        : [...current.backends, config];
      return replace({ ...current, backends });
    },
    removeBackend: (backendId) =>
      replace({ ...current, backends: current.backends.filter((backend) => backend.id !== backendId) }),
    saveRule(text, practice) {
      const rule: DecisionRule = { ...text, practice, on: false, onSinceMs: null };
      const known = current.decisionRules.some(({ id }) => id === rule.id);
      if (!known && current.decisionRules.length >= MOST_RULES)
        throw new Error(`There are ${MOST_RULES} rules already.`);
      const decisionRules = known
        ? current.decisionRules.map((one) => (one.id === rule.id ? rule : one))
        : [...current.decisionRules, rule];
      return replace({ ...current, decisionRules });
    },
    switchRule(ruleId, on) {
      const decisionRules = current.decisionRules.map((rule) =>
        rule.id === ruleId ? { ...rule, on, onSinceMs: on ? clock.now() : null } : rule,
      );
      return replace({ ...current, decisionRules });
    },
    removeRule: (ruleId) =>
      replace({ ...current, decisionRules: current.decisionRules.filter(({ id }) => id !== ruleId) }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function merge(current: Settings, change: SettingsChange): Settings {
  return {
    ...current,
    appearance: { ...current.appearance, ...withoutUndefined(change.appearance) },
    attention: { ...current.attention, ...withoutUndefined(change.attention) },
    limits: { ...current.limits, ...withoutUndefined(change.limits) },
    practice: { ...current.practice, ...change.practice },
    ingest: { ...current.ingest, ...withoutUndefined(change.ingest) },
    retention: { ...current.retention, ...withoutUndefined(change.retention) },
  };
}

/** Every section that is valid by itself, and every backend that is; the rest as it comes out of the box. */
function salvage(stored: Record<string, unknown>): Settings {
  const { appearance, attention, limits, practice, ingest, retention } = settingsSchema.shape;
  const defaults = settingsSchema.parse({});
  const section = <T>(
    schema: { safeParse(value: unknown): { success: boolean; data?: T } },
    name: string,
    otherwise: T,
  ) => schema.safeParse(stored[name]).data ?? otherwise;
  return {
    version: defaults.version,
    appearance: section(appearance, 'appearance', defaults.appearance),
    attention: section(attention, 'attention', defaults.attention),
    limits: section(limits, 'limits', defaults.limits),
    practice: section(practice, 'practice', defaults.practice),
    ingest: section(ingest, 'ingest', defaults.ingest),
    retention: section(retention, 'retention', defaults.retention),
    decisionRules: validRules(stored.decisionRules),
    backends: validBackends(stored.backends),
  };
}

function validBackends(stored: unknown): BackendConfig[] {
  const byId = new Map<string, BackendConfig>();
  for (const item of Array.isArray(stored) ? stored : []) {
    const parsed = backendConfig.safeParse(item);
    if (parsed.success) byId.set(parsed.data.id, parsed.data);
  }
  return [...byId.values()].slice(0, 40);
}

/** A rule that cannot be understood does not decide anything. */
function validRules(stored: unknown): DecisionRule[] {
  const items: unknown[] = Array.isArray(stored) ? stored : [];
  return items.flatMap((item) => decisionRule.safeParse(item).data ?? []).slice(0, MOST_RULES);
}

/** Absent and undefined are the same in a change: both leave what is there. */
function withoutUndefined<T extends object>(
  part: T | undefined,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key in part) {
    const value = part[key];
    if (value !== undefined) present[key] = value as Exclude<T[typeof key], undefined>;
  }
  return present;
}
