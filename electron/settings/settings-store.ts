import type { z } from 'zod';

import { backendConfig } from '#shared/domain/backends/backend.ts';
import type { DecisionRule } from '#shared/domain/approvals/decision-rule.ts';
import { decisionRule } from '#shared/domain/approvals/decision-rule.ts';
import { channelConfig } from '#shared/domain/attention/channel.ts';
import { deckLayout, MOST_LAYOUTS } from '#shared/domain/settings/deck.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

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

export interface SettingsFile extends SettingsPort {
  /** What of the file could not be taken as it was, for a person; `null` where all was. */
  readonly trouble: string | null;
}

/**
 * Reads the settings and keeps them on disk. Never fails on what it finds there: what cannot be understood is kept in a
 * copy beside it, logged, and replaced by defaults, section by section. Changes throw with words when they cannot be
 * written, and then nothing has changed.
 */
export function openSettings({ folder, clock, log }: SettingsOptions): SettingsFile {
  const file = createStoreFile(folder, 'settings');
  const listeners = new Set<(settings: Settings) => void>();
  let trouble: string | null = null;
  let current = read();

  function read(): Settings {
    const stored = file.read();
    switch (stored.kind) {
      case 'missing':
        return parse({});
      case 'object':
        return understand(stored.value);
      case 'damaged':
        log.error('settings are not JSON, starting with defaults', {
          keptAs: attempt(() => file.setAside('invalid', clock.now())),
        });
        trouble =
          'The file of the settings was damaged. It is kept beside the new one; all settings are as new.';
        return parse({});
      case 'unreadable':
        log.error('settings cannot be read, starting with defaults');
        trouble = 'The settings cannot be read from the disk. All of them are as new.';
        return parse({});
    }
  }

  function understand(stored: Record<string, unknown>): Settings {
    const version = storedVersion(stored);
    if (version > SETTINGS_VERSION) {
      const keptAs = attempt(() => file.keepCopy(`version-${version}`, clock.now()));
      log.warn('settings were written by a newer version', { version, keptAs });
      trouble = `The settings were written by a newer version.${backAtDefaults(stored)}`;
      return salvage({ ...stored, version: SETTINGS_VERSION });
    }
    try {
      return parse(migrate(stored));
    } catch {
      const keptAs = attempt(() => file.keepCopy('invalid', clock.now()));
      log.error('some settings were not valid and are back at their defaults', { keptAs });
      trouble = `Some settings were not valid.${backAtDefaults(stored)}`;
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
    const checked = parse(next);
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
    trouble,
    get: () => current,
    change: (change) => replace(merge(current, change)),
    saveBackend: (config) => replace({ ...current, backends: withItem(current.backends, config) }),
    removeBackend: (backendId) =>
      replace({ ...current, backends: current.backends.filter(({ id }) => id !== backendId) }),
    saveRule(text, practice) {
      const rule: DecisionRule = { ...text, practice, on: false, onSinceMs: null };
      const known = current.decisionRules.some(({ id }) => id === rule.id);
      if (!known && current.decisionRules.length >= MOST_RULES)
        throw new Error(`There are ${MOST_RULES} rules already.`);
      return replace({ ...current, decisionRules: withItem(current.decisionRules, rule) });
    },
    switchRule(ruleId, on) {
      const decisionRules = current.decisionRules.map((rule) =>
        rule.id === ruleId ? { ...rule, on, onSinceMs: on ? clock.now() : null } : rule,
      );
      return replace({ ...current, decisionRules });
    },
    removeRule: (ruleId) =>
      replace({ ...current, decisionRules: current.decisionRules.filter(({ id }) => id !== ruleId) }),
    saveChannel: (config) => replace({ ...current, channels: withItem(current.channels, config) }),
    removeChannel: (channelId) =>
      replace({ ...current, channels: current.channels.filter(({ id }) => id !== channelId) }),
    understand(stored) {
      if (storedVersion(stored) > SETTINGS_VERSION) return { kind: 'newer' };
      const parsed = settingsSchema.safeParse(migrated(stored));
      return parsed.success
        ? { kind: 'whole', settings: parsed.data }
        : { kind: 'invalid', error: parsed.error };
    },
    replace,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Read a few times in the life of a desk, so that what zod would compile for it costs more than it saves, and at the start. */
const parse = (value: unknown): Settings => settingsSchema.parse(value, { jitless: true });

/** What a step cannot read is left for the schema to refuse. */
function migrated(stored: Record<string, unknown>): unknown {
  try {
    return migrate(stored);
  } catch {
    return null;
  }
}

function merge(current: Settings, change: SettingsChange): Settings {
  return {
    ...current,
    appearance: { ...current.appearance, ...withoutUndefined(change.appearance) },
    region: { ...current.region, ...withoutUndefined(change.region) },
    attention: { ...current.attention, ...withoutUndefined(change.attention) },
    attentionPolicy: { ...current.attentionPolicy, ...withoutUndefined(change.attentionPolicy) },
    limits: { ...current.limits, ...withoutUndefined(change.limits) },
    panic: { ...current.panic, ...withoutUndefined(change.panic) },
    practice: { ...current.practice, ...change.practice },
    ingest: { ...current.ingest, ...withoutUndefined(change.ingest) },
    retention: { ...current.retention, ...withoutUndefined(change.retention) },
    playback: { ...current.playback, ...withoutUndefined(change.playback) },
    security: { ...current.security, ...withoutUndefined(change.security) },
    signIn: { ...current.signIn, ...withoutUndefined(change.signIn) },
    watch: { ...current.watch, ...withoutUndefined(change.watch) },
    heartbeat: { ...current.heartbeat, ...withoutUndefined(change.heartbeat) },
    marketMoves: { ...current.marketMoves, ...withoutUndefined(change.marketMoves) },
    desktop: { ...current.desktop, ...withoutUndefined(change.desktop) },
    updates: { ...current.updates, ...withoutUndefined(change.updates) },
    assistant: { ...current.assistant, ...withoutUndefined(change.assistant) },
    guide: { ...current.guide, ...withoutUndefined(change.guide) },
    shortcuts: { ...current.shortcuts, ...withoutUndefined(change.shortcuts) },
    deck: { ...current.deck, ...withoutUndefined(change.deck) },
    diagnostics: { ...current.diagnostics, ...withoutUndefined(change.diagnostics) },
  };
}

/** Every section that is valid by itself, and every backend that is; the rest as it comes out of the box. */
function salvage(stored: Record<string, unknown>): Settings {
  const {
    appearance,
    attention,
    attentionPolicy,
    limits,
    panic,
    practice,
    ingest,
    retention,
    playback,
    security,
    region,
    signIn,
    watch,
    heartbeat,
    marketMoves,
    desktop,
    updates,
    assistant,
    guide,
    shortcuts,
    deck,
    diagnostics,
  } = settingsSchema.shape;
  const defaults = parse({});
  const section = <T>(
    schema: { safeParse(value: unknown): { success: boolean; data?: T } },
    name: string,
    otherwise: T,
  ) => schema.safeParse(stored[name]).data ?? otherwise;
  return {
    version: defaults.version,
    region: section(region, 'region', defaults.region),
    appearance: section(appearance, 'appearance', defaults.appearance),
    attention: section(attention, 'attention', defaults.attention),
    attentionPolicy: section(attentionPolicy, 'attentionPolicy', defaults.attentionPolicy),
    limits: section(limits, 'limits', defaults.limits),
    panic: section(panic, 'panic', defaults.panic),
    practice: section(practice, 'practice', defaults.practice),
    ingest: section(ingest, 'ingest', defaults.ingest),
    retention: section(retention, 'retention', defaults.retention),
    playback: section(playback, 'playback', defaults.playback),
    security: section(security, 'security', defaults.security),
    signIn: section(signIn, 'signIn', defaults.signIn),
    watch: section(watch, 'watch', defaults.watch),
    heartbeat: section(heartbeat, 'heartbeat', defaults.heartbeat),
    marketMoves: section(marketMoves, 'marketMoves', defaults.marketMoves),
    guide: section(guide, 'guide', defaults.guide),
    shortcuts: section(shortcuts, 'shortcuts', defaults.shortcuts),
    desktop: section(desktop, 'desktop', defaults.desktop),
    updates: section(updates, 'updates', defaults.updates),
    assistant: section(assistant, 'assistant', defaults.assistant),
    deck: section(deck, 'deck', {
      ...defaults.deck,
      layouts: validItems(deckLayout, memberOf(stored.deck, 'layouts'), MOST_LAYOUTS),
    }),
    diagnostics: section(diagnostics, 'diagnostics', defaults.diagnostics),
    decisionRules: validItems(decisionRule, stored.decisionRules, MOST_RULES),
    backends: validItems(backendConfig, stored.backends, 40),
    channels: validItems(channelConfig, stored.channels, 20),
  };
}

/** Which sections cannot be taken as they are, in a sentence; nothing where all can. */
function backAtDefaults(stored: Record<string, unknown>): string {
  const names = Object.entries(settingsSchema.shape).flatMap(([name, schema]) =>
    name === 'version' || schema.safeParse(stored[name]).success ? [] : [name],
  );
  return names.length === 0
    ? ''
    : ` Not taken over: ${names.join(', ')}. The file as it was is kept beside the new one.`;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

/** In the place of the one with its id, or at the end. */
function withItem<T extends { id: string }>(items: readonly T[], item: T): T[] {
  return items.some(({ id }) => id === item.id)
    ? items.map((one) => (one.id === item.id ? item : one))
    : [...items, item];
}

function validItems<T extends { id: string }>(schema: z.ZodType<T>, stored: unknown, most: number): T[] {
  const byId = new Map<string, T>();
  for (const item of Array.isArray(stored) ? stored : []) {
    const parsed = schema.safeParse(item);
    if (parsed.success) byId.set(parsed.data.id, parsed.data);
  }
  return [...byId.values()].slice(0, most);
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
