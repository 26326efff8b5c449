import { isDeepStrictEqual } from 'node:util';

import type { CommandOrigin } from '#shared/domain/command.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';
import { isMembers } from '#shared/json.ts';

import type { JournalRecord } from '../port.ts';

/** One setting before and after, named by its place, such as "attention.sound". */
interface Changed {
  name: string;
  before: unknown;
  after: unknown;
}

/**
 * The line that a change of settings leaves: each that is another now, with what it was. `null` where none is. Backends are
 * journaled as they are configured; where widgets stand on the deck concerns nobody afterwards.
 */
export function settingsRecord(
  before: Settings,
  after: Settings,
  origin: CommandOrigin,
  nowMs: number,
): JournalRecord | null {
  const changed = changedMembers(recorded(before), recorded(after), '');
  if (changed.length === 0) return null;
  const words = changed.map((one) => `${one.name} ${wordOf(one.before)} → ${wordOf(one.after)}`);
  return {
    atMs: nowMs,
    kind: 'settings',
    backendId: null,
    summary: `Settings changed from ${origin}: ${words.join(', ')}`,
    data: { event: 'settings-changed', origin, changed },
  };
}

function recorded({ backends: _backends, deck: _deck, ...rest }: Settings): object {
  return rest;
}

/** Members that differ, looked for one level below the sections; what is a list or deeper is one value. */
function changedMembers(before: object, after: object, path: string): Changed[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const was: unknown = Reflect.get(before, name);
    const is: unknown = Reflect.get(after, name);
    if (isDeepStrictEqual(was, is)) return [];
    const place = path === '' ? name : `${path}.${name}`;
    return path === '' && isMembers(was) && isMembers(is)
      ? changedMembers(was, is, place)
      : [{ name: place, before: was ?? null, after: is ?? null }];
  });
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'other';
}
