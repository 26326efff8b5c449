import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { SelfCheck } from '#shared/domain/settings/diagnostics.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';
import type { VaultStatus } from '#shared/ipc/vault-requests.ts';

import type { ArchivedFile } from './archive.ts';

/** What goes into the archive, before it is cleaned. */
export interface BundleContents {
  atMs: number;
  info: AppInfo;
  /** Versions and figures of the system. */
  system: Record<string, string | number>;
  checks: readonly SelfCheck[];
  links: readonly LinkStatus[];
  settings: Settings;
  vault: VaultStatus;
  /** The newest entries about the desk itself and its links, newest first. */
  journal: readonly JournalEntry[];
  crashDumps: number;
  logs: readonly ArchivedFile[];
}

export function bundleFiles(contents: BundleContents): ArchivedFile[] {
  const { atMs, checks, crashDumps, info, journal, links, logs, settings, system, vault } = contents;
  const { secrets, unopened, ...keeping } = vault;
  const names = { ...keeping, kept: secrets.map(ofWhom), unopened: unopened.map(ofWhom) };
  return [
    { name: 'README.txt', text: readme(contents) },
    { name: 'about.json', text: json({ savedAt: new Date(atMs).toISOString(), ...info, system }) },
    { name: 'self-check.txt', text: selfCheckText(checks) },
    { name: 'links.json', text: json(links) },
    { name: 'settings.json', text: json(settings) },
    { name: 'credentials.json', text: json(names) },
    { name: 'journal.txt', text: journal.map(lineOf).join('\n') },
    { name: 'crashes.txt', text: crashesText(journal, crashDumps) },
    ...logs,
  ];
}

/** The log and the ones that it was rotated into; one that cannot be read says so. */
export async function readLogs(folder: string): Promise<ArchivedFile[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return Promise.all(
    names
      .filter((name) => name.endsWith('.log'))
      .toSorted()
      .map(async (name) => ({
        name: `logs/${name}`,
        text: await readFile(join(folder, name), 'utf8').catch(() => 'This log could not be read.'),
      })),
  );
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const ofWhom = ({ backendId, name }: { backendId: string; name: string }): string =>
  `${name} of ${backendId}`;

const lineOf = ({ atMs, kind, summary }: JournalEntry): string =>
  `${new Date(atMs).toISOString()} ${kind} ${summary}`;

const OUTCOME_WORDS = {
  passed: 'passed',
  warning: 'WARNING',
  failed: 'FAILED',
  'not-known': 'not known',
} as const;

const selfCheckText = (checks: readonly SelfCheck[]): string =>
  `${checks
    .map(({ number, title, outcome, words, advice }) =>
      [`${number}. ${title}: ${OUTCOME_WORDS[outcome]}. ${words}`, advice]
        .filter((part) => part !== null)
        .join('\n   '),
    )
    .join('\n')}\n`;

/** Which processes ended and how. What a dump holds is memory, so none goes along. */
function crashesText(journal: readonly JournalEntry[], crashDumps: number): string {
  const gone = journal.filter(({ data }) => /"event":"(?:helper-gone|window-gone)"/.test(data));
  return [
    gone.length === 0 ? 'No process of the desk ended unasked.' : gone.map(lineOf).join('\n'),
    `${crashDumps} dumps of memory lie on this computer. None is in here: a dump may hold secrets.`,
    '',
  ].join('\n');
}

const readme = ({ vault }: BundleContents): string =>
  [
    'Diagnostics of Quarterdeck, for whoever helps.',
    '',
    'about.json         versions and system',
    'self-check.txt     what the self-check found, by number',
    'links.json         the state of each connection, with messages that could not be understood',
    'settings.json      the settings; addresses and limits are in it',
    'credentials.json   which secrets are kept and how; no value',
    'journal.txt        the newest entries about the desk and its connections; no trades, no decisions',
    'crashes.txt        processes that ended unasked',
    'logs/              what the program did',
    '',
    'Secrets that are kept were taken out by their value, and what looks like a secret as well. Look through it before',
    'you give it away: it names your backends and what became of their connections.',
    ...(vault.locked
      ? ['', 'The vault was locked, so kept secrets could be recognised by their looks alone.']
      : []),
    '',
  ].join('\n');
