import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

import type ElectronStore from 'electron-store';

import { isMembers, parseJson } from '#shared/json.ts';

import { freeName, setAside } from './set-aside.ts';

export type StoredObject = Record<string, unknown>;

/** What stands in the file. `damaged`: it is there and holds no JSON object. `unreadable`: the system refuses it. */
export type Stored =
  | { kind: 'missing' }
  | { kind: 'object'; value: StoredObject }
  | { kind: 'damaged' }
  | { kind: 'unreadable' };

/** One JSON file that is written whole and atomically, readable by its owner alone. */
export interface StoreFile {
  read(): Stored;
  /** Throws when the disk refuses; the file is then as it was. */
  write(value: StoredObject): void;
  /** Renames the file so that a new one can take its place; returns the name it is kept under. */
  setAside(mark: string, nowMs: number): string;
  /** Copies the file before something changes in it that may be regretted; returns the name of the copy. */
  keepCopy(mark: string, nowMs: number): string;
}

/** `electron-store` with a folder of its own: it needs no running Electron, so tests use the same code. */
export function createStoreFile(folder: string, name: string): StoreFile {
  const file = join(folder, `${name}.json`);
  // Made when it is first written, since it refuses to be made over a file that is not JSON.
  let store: ElectronStore<StoredObject> | null = null;

  return {
    read() {
      if (!existsSync(file)) return { kind: 'missing' };
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch {
        return { kind: 'unreadable' };
      }
      const value = parseJson(text);
      return isMembers(value) ? { kind: 'object', value } : { kind: 'damaged' };
    },
    write(value) {
      store ??= new (loadStore())<StoredObject>({ cwd: folder, name, configFileMode: 0o600 });
      store.store = value;
    },
    setAside: (mark, nowMs) => basename(setAside(file, mark, nowMs)),
    keepCopy(mark, nowMs) {
      const copy = freeName(file, mark, nowMs);
      copyFileSync(file, copy);
      return basename(copy);
    },
  };
}

/** With its first use: with its validator of schemas it takes as long to load as all that a start reads here. */
function loadStore(): typeof ElectronStore {
  const load = createRequire(import.meta.url);
  return (load('electron-store') as { default: typeof ElectronStore }).default;
}
