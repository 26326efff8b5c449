import { beforeEach, describe, expect, it } from 'vitest';

import type { SettingsChange } from '#shared/domain/settings/settings.ts';

import { createManualClock } from '../../lib/clock.ts';
import { createTrayActs } from './tray-acts.ts';
import type { TrayAct } from './tray-model.ts';

const clock = createManualClock();
let locked: boolean;
let done: string[];
let changes: SettingsChange[];
let act: (act: TrayAct) => void;

beforeEach(() => {
  locked = false;
  done = [];
  changes = [];
  act = createTrayActs({
    isLocked: () => locked,
    panic: { press: (origin) => void done.push(`panic from ${origin}`) },
    decide({ act: what, approvalId, origin }) {
      done.push(`${what} ${approvalId} from ${origin}`);
      return Promise.resolve();
    },
    open: (destination) => void done.push(`open ${destination?.place ?? 'as it was'}`),
    changeSettings: (change, origin) => {
      done.push(`settings from ${origin}`);
      changes.push(change);
    },
    requestQuit: () => void done.push('quit'),
    clock,
  });
});

describe('the entries of the tray', () => {
  it('K10 PANIC is pressed at each click, locked or not, as coming from the tray', () => {
    act({ kind: 'panic' });
    locked = true;
    act({ kind: 'panic' });
    expect(done).toEqual(['panic from tray', 'panic from tray']);
  });

  it('decide, open and quit as they say', () => {
    act({ kind: 'decide', act: 'approval.decline', backendId: 'bot', approvalId: '7' });
    act({ kind: 'open', destination: { place: 'alerts', itemId: null } });
    act({ kind: 'open', destination: null });
    act({ kind: 'quit' });
    expect(done).toEqual(['approval.decline 7 from tray', 'open alerts', 'open as it was', 'quit']);
  });

  it('mute for an hour from now, unmute, and switch the sound', () => {
    act({ kind: 'mute', on: true });
    act({ kind: 'mute', on: false });
    act({ kind: 'sound', on: false });
    expect(changes).toEqual([
      { attentionPolicy: { muteUntilMs: clock.now() + 3_600_000 } },
      { attentionPolicy: { muteUntilMs: null } },
      { attention: { sound: false } },
    ]);
  });

  it('S7 change no setting from a menu that was opened before the desk was locked', () => {
    locked = true;
    act({ kind: 'mute', on: true });
    act({ kind: 'sound', on: false });
    expect(changes).toEqual([]);
  });
});
