/** Takes stored settings from one version to the next. */
export type SettingsMigration = (old: Record<string, unknown>) => Record<string, unknown>;

/** The step at index n takes version n + 1 to n + 2. Steps are never edited once released. */
const MIGRATIONS: readonly SettingsMigration[] = [];

/** The version that this build writes. */
export const SETTINGS_VERSION = MIGRATIONS.length + 1;

/** The version a stored object says it has; settings from before versions count as the first. */
export function storedVersion(stored: Record<string, unknown>): number {
  const version = stored.version;
  return typeof version === 'number' && Number.isInteger(version) && version >= 1 ? version : 1;
}

/** Runs the steps that are missing. Throws where a step cannot read what it was given. */
export function migrate(
  stored: Record<string, unknown>,
  migrations: readonly SettingsMigration[] = MIGRATIONS,
): Record<string, unknown> {
  const migrated = migrations
    .slice(storedVersion(stored) - 1)
    .reduce<Record<string, unknown>>((value, step) => step(value), stored);
  return { ...migrated, version: migrations.length + 1 };
}
