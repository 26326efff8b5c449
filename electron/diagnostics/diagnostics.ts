import { readFile } from 'node:fs/promises';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { journalQuery } from '#shared/domain/journal/journal.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { VaultPort } from '../vault/port.ts';
import { writeArchive } from './archive.ts';
import { bundleFiles, readLogs } from './bundle.ts';
import { cleanText } from './clean-text.ts';
import type { DiagnosticsPort } from './port.ts';
import type { SelfCheckParts } from './self-check.ts';
import { runSelfCheck } from './self-check.ts';

export interface DiagnosticsParts extends SelfCheckParts {
  vault: Pick<VaultPort, 'status' | 'hideIn'>;
  journal: Pick<JournalPort, 'verify' | 'health' | 'search' | 'append'>;
  /** Where the logs lie. */
  logFolder: string;
  /** The person's own folder, whose name goes nowhere. */
  home: string;
  noticesFile: string;
  info(): AppInfo;
  system(): Record<string, string | number>;
  chooseFile(file: { title: string; name: string; kind: string }): Promise<string | null>;
  clock: Clock;
}

const MOST_ENTRIES = 500;

export function createDiagnostics(parts: DiagnosticsParts): DiagnosticsPort {
  const { clock, desk, journal, settings, vault } = parts;

  const links = (): LinkStatus[] => [...desk.entries('links')].map(([, link]) => link);

  /** A journal that cannot be read is a finding of the self-check, and no reason to save nothing. */
  const entries = (): Promise<JournalEntry[]> =>
    journal.search(journalQuery.parse({ kinds: ['system', 'link'], limit: MOST_ENTRIES })).catch(() => []);

  return {
    selfCheck: () => runSelfCheck(parts),

    async saveBundle() {
      const atMs = clock.now();
      const stamp = new Date(atMs).toISOString().slice(0, 16).replaceAll(/[T:]/g, '-');
      const name = `quarterdeck-diagnostics-${stamp}.zip`;
      const path = await parts.chooseFile({ title: 'Save diagnostics', name, kind: 'Archive' });
      if (path === null) return null;
      const files = bundleFiles({
        atMs,
        info: parts.info(),
        system: parts.system(),
        checks: await runSelfCheck(parts),
        links: links(),
        settings: settings.get(),
        vault: vault.status(),
        journal: await entries(),
        crashDumps: await parts.probes.crashDumps().catch(() => 0),
        logs: await readLogs(parts.logFolder),
      });
      const how = { hide: (text: string) => vault.hideIn(text), home: parts.home };
      const cleaned = [];
      for (const { name: fileName, text } of files)
        cleaned.push({ name: fileName, text: await cleanText(text, how) });
      await writeArchive(path, cleaned, atMs);
      journal.append({
        atMs: clock.now(),
        kind: 'system',
        backendId: null,
        summary: 'Diagnostics were saved to a file, without secrets',
        data: { event: 'diagnostics-saved', path },
      });
      return { path };
    },

    async notices() {
      try {
        return await readFile(parts.noticesFile, 'utf8');
      } catch (error) {
        throw new Error('This build carries no list of notices.', { cause: error });
      }
    },
  };
}
