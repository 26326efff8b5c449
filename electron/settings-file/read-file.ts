import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

import { z } from 'zod';

import { MOST_PRICE_ALERTS, priceAlertText } from '#shared/domain/alerts/price-alert.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { SETTINGS_FILE_FORMAT, SETTINGS_FILE_VERSION } from '#shared/domain/settings/settings-file.ts';

import { plainText } from '../lib/clean.ts';
import type { SettingsPort } from '../settings/port.ts';

/** What a settings file holds, whole and valid. */
export interface SettingsFile {
  settings: Settings;
  priceAlerts: PriceAlertText[];
  savedAtMs: number | null;
  savedBy: string;
}

/** Settings with everything that may be set take a twentieth of it. */
const MOST_BYTES = 4 * 1024 * 1024;

const head = z.object({ format: z.literal(SETTINGS_FILE_FORMAT), formatVersion: z.number().int().min(1) });
const body = z.object({
  savedAtMs: z.number().int().nonnegative().nullable().catch(null),
  savedBy: z.string().max(40).catch('an unknown version'),
  settings: z.record(z.string(), z.unknown()),
  priceAlerts: z.array(priceAlertText).max(MOST_PRICE_ALERTS).default([]),
});

/** Reads a file that a person chose; it may be anything. Throws with a sentence that says what is wrong with it. */
export async function readSettingsFile(
  path: string,
  understand: SettingsPort['understand'],
): Promise<SettingsFile> {
  const value = parseJson(await readText(path));
  const known = head.safeParse(value);
  if (!known.success) throw new Error('This is no settings file of Quarterdeck.');
  const parsed = body.safeParse(value);
  const savedBy = plainText(parsed.data?.savedBy, 40);
  if (known.data.formatVersion > SETTINGS_FILE_VERSION) throw newer(savedBy);
  if (!parsed.success) throw notWhole(parsed.error);
  const { settings, priceAlerts, savedAtMs } = parsed.data;
  const understood = understand(settings);
  if (understood.kind === 'newer') throw newer(savedBy);
  if (understood.kind === 'invalid') throw notWhole(understood.error);
  for (const [words, items] of [
    ['backends', understood.settings.backends],
    ['channels', understood.settings.channels],
    ['rules', understood.settings.decisionRules],
    ['price alerts', priceAlerts],
  ] as const)
    if (new Set(items.map(({ id }) => id)).size < items.length)
      throw new Error(`The file is damaged: two ${words} in it have the same id. Nothing was taken.`);
  return { settings: withPlainNames(understood.settings), priceAlerts, savedAtMs, savedBy };
}

/** Names are shown wherever something is decided: one from a file cannot disguise itself. */
const withPlainNames = (settings: Settings): Settings => ({
  ...settings,
  backends: settings.backends.map(withPlainName),
  channels: settings.channels.map(withPlainName),
  decisionRules: settings.decisionRules.map(withPlainName),
});

const withPlainName = <T extends { id: string; name: string }>(item: T): T => ({
  ...item,
  name: plainText(item.name, 60) || item.id,
});

/** As text, whatever was chosen: a pipe would never end, and a film would fill the memory. */
async function readText(path: string): Promise<string> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    throw new Error('The file could not be opened.');
  }
  try {
    const { size } = await file.stat().then((found) => {
      if (!found.isFile()) throw new Error('This is not a file.');
      return found;
    });
    if (size > MOST_BYTES) {
      const megabytes = Math.ceil(size / 1_000_000);
      throw new Error(`The file has ${megabytes} MB, which is too large to be settings.`);
    }
    if (size === 0) throw new Error('The file is empty.');
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytesRead));
  } catch (error) {
    if (error instanceof TypeError) throw new Error(DAMAGED, { cause: error });
    throw error;
  } finally {
    await file.close();
  }
}

function parseJson(text: string): unknown {
  if (/^\s*</.test(text))
    throw new Error(
      'This is a web page, not a settings file. Was the file downloaded from where one has to sign in?',
    );
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(DAMAGED, { cause: error });
  }
}

const DAMAGED = 'The file is damaged, or is no settings file: it cannot be read from its start to its end.';

const newer = (savedBy: string): Error =>
  new Error(`The file was saved by a newer Quarterdeck (${savedBy}). Update this one, then import it.`);

/** Names the places, never what stands there. */
function notWhole(error: z.ZodError): Error {
  const places = error.issues.slice(0, 3).map(({ path }) => plainText(path.map(String).join('.'), 80));
  return new Error(`The file does not hold together at ${places.join(', ')}. Nothing was taken.`);
}
