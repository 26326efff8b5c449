import { beforeEach, describe, expect, it } from 'vitest';

import type { PanicHotkey, Settings } from '#shared/domain/settings/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings/settings.ts';

import type { Disposer } from '../../lib/disposables.ts';
import { createManualClock } from '../../lib/clock.ts';
import { startPanicHotkey } from './panic-hotkey.ts';

const F12: PanicHotkey = 'CommandOrControl+Shift+F12';
const P: PanicHotkey = 'CommandOrControl+Alt+Shift+P';

let happened: string[];
let pressKeys: Map<PanicHotkey, () => void>;
let taken: PanicHotkey | null;
let change: (hotkey: PanicHotkey | null) => void;
const clock = createManualClock();

const withHotkey = (hotkey: PanicHotkey | null): Settings => settingsSchema.parse({ panic: { hotkey } });

function start(hotkey: PanicHotkey | null): Disposer {
  return startPanicHotkey({
    shortcuts: {
      register(keys, onPress) {
        if (keys === taken) return false;
        pressKeys.set(keys, onPress);
        return true;
      },
      unregister: (keys) => void pressKeys.delete(keys),
    },
    settings: {
      get: () => withHotkey(hotkey),
      onChange(listener) {
        change = (next) => listener(withHotkey(next));
        return () => void happened.push('stopped listening');
      },
    },
    panic: { press: (origin) => void happened.push(`press ${origin}`) },
    realClock: clock,
    ask: (open) => void happened.push(open ? 'ask' : 'ask no more'),
    onRefused: (keys) => void happened.push(`refused ${keys}`),
  });
}

beforeEach(() => {
  happened = [];
  pressKeys = new Map();
  taken = null;
});

describe('K10 the global hotkey', () => {
  it('K10 asks at the first press and halts at the second', () => {
    start(F12);
    pressKeys.get(F12)?.();
    expect(happened).toEqual(['ask']);
    pressKeys.get(F12)?.();
    expect(happened).toEqual(['ask', 'press hotkey', 'ask no more']);
  });

  it('K10 a second press that comes late is a first one again', async () => {
    start(F12);
    pressKeys.get(F12)?.();
    await clock.advance(5_001);
    pressKeys.get(F12)?.();
    expect(happened).toEqual(['ask', 'ask']);
  });

  it('is none until the person chooses one, and follows what they choose', () => {
    const stop = start(null);
    expect([...pressKeys.keys()]).toEqual([]);
    change(P);
    expect([...pressKeys.keys()]).toEqual([P]);
    change(F12);
    expect([...pressKeys.keys()]).toEqual([F12]);
    stop();
    expect([...pressKeys.keys()]).toEqual([]);
  });

  it('says where another program has the keys', () => {
    taken = F12;
    start(F12);
    expect(happened).toEqual([`refused ${F12}`]);
  });
});
