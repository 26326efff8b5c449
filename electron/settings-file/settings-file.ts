import { isDeepStrictEqual } from 'node:util';
import { basename } from 'node:path';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import { vaultIdOf } from '#shared/domain/attention/channel.ts';
import { troubleOfRule } from '#shared/domain/approvals/decision-rule.ts';
import { secretDestination } from '#shared/domain/backends/network.ts';
import { MOST_PRICE_ALERTS } from '#shared/domain/alerts/price-alert.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import type { SettingsFileAnswer } from '#shared/ipc/settings-file-requests.ts';

import type { Outbound } from '../attention/port.ts';
import type { Fleet } from '../backends/fleet-port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import { diskWords } from '../lib/disk-words.ts';
import type { Logger } from '../lib/logger.ts';
import { writeWholeFile } from '../lib/whole-file.ts';
import type { PriceAlertsPort } from '../price-alerts/port.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from '../vault/port.ts';
import { createBeforeImport } from './before-import.ts';
import { importSections } from './changes.ts';
import { settingsFileText } from './file-text.ts';
import type { Everything, Merged } from './merge.ts';
import { mergeSettings, movedOwners } from './merge.ts';
import type { SettingsFilePort } from './port.ts';
import { readSettingsFile } from './read-file.ts';
import { secretsToType } from './secrets-to-type.ts';

export interface SettingsFileParts {
  /** Where `settings-before-import.json` lies. */
  folder: string;
  /** As the file names it. */
  version: string;
  settings: Pick<SettingsPort, 'get' | 'understand'>;
  /** All at once, journaled as the person's. Throws with words when the disk refuses. */
  replaceSettings(next: Settings): void;
  priceAlerts: Pick<PriceAlertsPort, 'all' | 'replaceAll'>;
  fleet: Pick<Fleet, 'kinds' | 'check' | 'followSettings'>;
  channels: Pick<Outbound, 'kinds' | 'check'>;
  vault: Pick<VaultPort, 'status' | 'removeAll'>;
  journal: Pick<JournalPort, 'append'>;
  /** Where to save; `null` when the person does not want it. */
  chooseFile(file: { title: string; name: string; kind: string }): Promise<string | null>;
  /** Which file to open; `null` when the person does not want it. */
  findFile(wanted: { title: string; ending: string; kind: string }): Promise<string | null>;
  newId(): string;
  clock: Clock;
  log: Logger;
}

interface Opened {
  id: string;
  fileName: string;
  now: Everything;
  next: Merged;
  careful: number;
}

/** Nothing of a file counts before `apply`, and then all of it does; what was set before is kept first. */
export function createSettingsFile(parts: SettingsFileParts): SettingsFilePort {
  const { clock, fleet, channels, journal, log, priceAlerts, settings, vault } = parts;
  const before = createBeforeImport(parts.folder, (stored) => settings.understand(stored));
  let opened: Opened | null = null;
  let underWay = false;

  const everything = (): Everything => ({ settings: settings.get(), priceAlerts: priceAlerts.all() });

  const destinations = {
    backend: (config: BackendConfig): string => secretDestination(config),
    channel: ({ id }: ChannelConfig): string => vaultIdOf(id),
  };

  /** Only what arrives is asked whether it makes sense here; what is here is. */
  function checked(merged: Merged): Merged {
    const here = settings.get();
    const arrives = <T>(items: readonly T[], item: T): boolean =>
      !items.some((one) => isDeepStrictEqual(one, item));
    const whole = settingsSchema.safeParse({
      ...merged.settings,
      backends: merged.settings.backends.map((config) =>
        arrives(here.backends, config) ? fleet.check(config) : config,
      ),
    });
    if (!whole.success || merged.priceAlerts.length > MOST_PRICE_ALERTS)
      throw new Error(
        'Together with what is here there would be more backends, channels, rules or alerts than fit.',
      );
    for (const channel of whole.data.channels) if (arrives(here.channels, channel)) channels.check(channel);
    const trouble = whole.data.decisionRules.map(troubleOfRule).find((words) => words !== null);
    if (trouble !== undefined) throw new Error(`A rule in the file makes no sense. ${trouble}`);
    return { ...merged, settings: whole.data };
  }

  /** The price alerts first, since the journal may refuse them; then the settings, which change at once or not at all. */
  async function take(next: Everything): Promise<string[]> {
    const now = everything();
    const moved = withSecrets(movedOwners(now.settings, next.settings, destinations));
    await priceAlerts.replaceAll(next.priceAlerts);
    try {
      parts.replaceSettings(next.settings);
      // What is saved for a destination that changes is gone before anything is connected anew.
      for (const owner of moved) await vault.removeAll(owner);
    } catch (error) {
      if (settings.get() !== now.settings) parts.replaceSettings(now.settings);
      await priceAlerts.replaceAll(now.priceAlerts);
      throw error;
    }
    fleet.followSettings();
    return moved;
  }

  function withSecrets(owners: readonly string[]): string[] {
    const { secrets, unopened } = vault.status();
    const having = new Set([...secrets, ...unopened].map(({ backendId }) => backendId));
    return owners.filter((owner) => having.has(owner));
  }

  function note(event: string, summary: string, data: object): void {
    journal.append({
      atMs: clock.now(),
      kind: 'settings',
      backendId: null,
      summary,
      data: { event, ...data },
    });
  }

  /** One at a time; what throws is an answer in words. */
  async function alone(run: () => Promise<string>): Promise<SettingsFileAnswer> {
    if (underWay) return { ok: false, message: 'An import is under way.' };
    underWay = true;
    try {
      return { ok: true, message: await run() };
    } catch (error) {
      const message = error instanceof Error ? error.message : 'It failed for an unknown reason.';
      log.warn('settings were not taken from a file', { message });
      return { ok: false, message };
    } finally {
      underWay = false;
    }
  }

  return {
    async export() {
      const nowMs = clock.now();
      const name = `quarterdeck-settings-${new Date(nowMs).toISOString().slice(0, 10)}.json`;
      const path = await parts.chooseFile({ title: 'Save the settings', name, kind: 'Settings' });
      if (path === null) return null;
      const about = { savedAtMs: nowMs, savedBy: parts.version };
      const text = settingsFileText(settings.get(), priceAlerts.all(), about);
      try {
        await writeWholeFile(path, Buffer.from(text));
      } catch (error) {
        throw new Error(`The settings were not saved: ${diskWords(error)}`, { cause: error });
      }
      note('settings-exported', 'The settings were saved to a file, without secrets', { path });
      return { path };
    },

    async open() {
      const path = await parts.findFile({ title: 'Open settings', ending: 'json', kind: 'Settings' });
      if (path === null) return null;
      const file = await readSettingsFile(path, (stored) => settings.understand(stored));
      const now = everything();
      const next = checked(mergeSettings(now, file, clock.now()));
      const sections = importSections(now, next);
      const careful = sections.flatMap(({ changes }) => changes).filter((one) => one.careful !== null).length;
      const moved = movedOwners(now.settings, next.settings, destinations);
      const nameOf = new Map([
        ...next.settings.backends.map(({ id, name }) => [id, name] as const),
        ...next.settings.channels.map(({ id, name }) => [vaultIdOf(id), name] as const),
      ]);
      opened = { id: parts.newId(), fileName: basename(path), now, next, careful };
      return {
        importId: opened.id,
        fileName: opened.fileName,
        savedAtMs: file.savedAtMs,
        savedBy: file.savedBy,
        sections,
        careful,
        secretsToType: secretsToType(next.settings, moved, {
          backendKinds: fleet.kinds(),
          channelKinds: channels.kinds(),
          saved: vault.status().secrets,
        }),
        secretsRemoved: withSecrets(moved).map((owner) => nameOf.get(owner) ?? owner),
        heldBack: next.heldBack,
        stays: next.stays,
      };
    },

    apply: (importId, careful) =>
      alone(async () => {
        const wanted = opened;
        if (wanted?.id !== importId) throw new Error('This file is not open any more. Open it again.');
        if (careful !== wanted.careful)
          throw new Error('Not everything that is to be looked at twice was shown. Open the file again.');
        if (!isDeepStrictEqual(everything(), wanted.now)) {
          opened = null;
          throw new Error('The settings changed since the file was opened. Open it again.');
        }
        const { fileName } = wanted;
        try {
          before.keep({ ...wanted.now, fileName, atMs: clock.now() });
        } catch (error) {
          throw new Error(`Nothing was taken: the way back cannot be kept. ${diskWords(error)}`, {
            cause: error,
          });
        }
        let secretsRemoved: string[];
        try {
          secretsRemoved = await take(wanted.next);
        } catch (error) {
          before.drop();
          throw error;
        }
        opened = null;
        const { heldBack } = wanted.next;
        note('settings-imported', `The settings of the file ${fileName} were taken`, {
          fileName,
          careful,
          heldBack,
          secretsRemoved,
        });
        return 'The settings of the file are in force.';
      }),

    undo: () =>
      alone(async () => {
        const kept = before.read();
        if (kept === null) throw new Error('There is no import to take back.');
        const decisionRules = restingUnlessSame(kept.settings, settings.get());
        const secretsRemoved = await take({ ...kept, settings: { ...kept.settings, decisionRules } });
        opened = null;
        before.drop();
        note('settings-import-undone', `The import of ${kept.fileName} was taken back`, { secretsRemoved });
        return secretsRemoved.length === 0
          ? 'The settings are as they were before the import.'
          : 'The settings are as they were before the import. Secrets that were typed since have to be typed again.';
      }),

    last() {
      const kept = before.read();
      return kept === null ? null : { fileName: kept.fileName, atMs: kept.atMs };
    },
  };
}

/** A rule that an import switched off stays off when the import is taken back: switching on is a gesture of its own. */
const restingUnlessSame = (kept: Settings, now: Settings): Settings['decisionRules'] =>
  kept.decisionRules.map((rule) =>
    now.decisionRules.some((one) => isDeepStrictEqual(one, rule))
      ? rule
      : { ...rule, on: false, onSinceMs: null },
  );
