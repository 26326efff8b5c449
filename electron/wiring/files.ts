import { randomUUID } from 'node:crypto';
import { told } from '#shared/told.ts';

import { app, dialog } from 'electron';

import { createFileChooser, createFileFinder } from '../desktop/system/choose-file.ts';
import { printPaper } from '../desktop/windows/print-paper.ts';
import type { JournalExports } from '../ipc/journal-exports.ts';
import { createJournalExports } from '../ipc/journal-exports.ts';
import type { ReportFile } from '../ipc/report-file.ts';
import { createReportFile } from '../ipc/report-file.ts';
import type { SettingsFilePort } from '../settings-file/port.ts';
import { createSettingsFile } from '../settings-file/settings-file.ts';
import type { Base } from './base.ts';

/** What a person saves to a file of their own, or reads from one. */
export interface Files {
  chooseFile: ReturnType<typeof createFileChooser>;
  reportFile: ReportFile;
  journalExports: JournalExports;
  settingsFile: SettingsFilePort;
}

export function createFiles(base: Base): Files {
  const { clock, core, dataFolder, journal, launch, log, push, settings, windows } = base;
  const folder = (): string => app.getPath('documents');
  const chooseFile = createFileChooser({
    folder,
    saveTo: launch.saveTo,
    ask(asked) {
      const options = { ...asked, title: told(asked.title ?? '') };
      const window = windows.own();
      return window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
    },
  });
  const findFile = createFileFinder({
    folder,
    openFrom: launch.openFrom,
    ask(asked) {
      const options = { ...asked, title: told(asked.title ?? '') };
      const window = windows.own();
      return window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options);
    },
  });
  return {
    chooseFile,
    reportFile: createReportFile({ journal, clock, chooseFile, print: () => printPaper(windows.all()) }),
    journalExports: createJournalExports({ journal, clock, push, chooseFile }),
    settingsFile: createSettingsFile({
      ...core,
      folder: dataFolder,
      version: app.getVersion(),
      settings,
      replaceSettings: (next) => core.replaceSettings(next, 'window'),
      journal,
      chooseFile,
      findFile,
      newId: randomUUID,
      clock,
      log,
    }),
  };
}
