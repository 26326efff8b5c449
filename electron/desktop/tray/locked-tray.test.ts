import { describe, expect, it } from 'vitest';

import { securitySettings } from '#shared/domain/settings/security.ts';

import { lockedTray } from './locked-tray.ts';
import type { TrayItem, TrayModel } from './tray-model.ts';

const decide = { kind: 'decide', act: 'approval.approve', backendId: 'bot-1', approvalId: '7' } as const;
const model: TrayModel = {
  icon: 'needs-you',
  muted: true,
  tooltip: 'Quarterdeck · 2 things need you',
  needed: 2,
  items: [
    {
      kind: 'submenu',
      label: 'PANIC',
      items: [{ kind: 'act', label: 'Halt 1 backend now', act: { kind: 'panic' } }],
    },
    { kind: 'separator' },
    {
      kind: 'submenu',
      label: 'Sell 3 BTC',
      items: [
        { kind: 'act', label: 'Approve', act: decide },
        {
          kind: 'act',
          label: 'Show',
          act: { kind: 'open', destination: { place: 'approvals', itemId: 'bot-1/7' } },
        },
      ],
    },
    { kind: 'text', label: 'My bot: live' },
    { kind: 'separator' },
    { kind: 'check', label: 'Sound', checked: true, act: { kind: 'sound', on: false } },
    { kind: 'act', label: 'Open Quarterdeck', act: { kind: 'open', destination: null } },
    { kind: 'act', label: 'Quit', act: { kind: 'quit' } },
  ],
};

const acts = (items: readonly TrayItem[]): string[] =>
  items.flatMap((item) =>
    item.kind === 'submenu'
      ? acts(item.items)
      : item.kind === 'act' || item.kind === 'check'
        ? [item.act.kind]
        : [],
  );

describe('S7 the tray of a locked desk', () => {
  it('keeps PANIC in its two gestures, unlocking and quitting, and says nothing of bots or money', () => {
    const tray = lockedTray(model, securitySettings.parse({}));
    expect(tray.items[0]).toEqual(model.items[0]);
    expect(acts(tray.items)).toEqual(['panic', 'open', 'quit']);
    expect(JSON.stringify(tray)).not.toMatch(/BTC|My bot/);
    expect(tray).toMatchObject({ icon: 'calm', needed: 0, tooltip: 'Quarterdeck is locked' });
  });

  it('counts where the person lets counts show', () => {
    const tray = lockedTray(model, securitySettings.parse({ whileLocked: 'counts' }));
    expect(tray).toMatchObject({
      icon: 'needs-you',
      needed: 2,
      tooltip: 'Quarterdeck is locked · 2 need you',
    });
    expect(JSON.stringify(tray)).not.toMatch(/BTC|My bot/);
  });

  it('shows everything read-only without what acts, or with decisions where they are allowed', () => {
    const readOnly = lockedTray(model, securitySettings.parse({ whileLocked: 'read-only' }));
    expect(JSON.stringify(readOnly)).toMatch(/BTC.*My bot/s);
    expect(acts(readOnly.items)).toEqual(['panic', 'open', 'open', 'quit']);
    const allowed = lockedTray(
      model,
      securitySettings.parse({ whileLocked: 'read-only', decideWhileLocked: true }),
    );
    expect(acts(allowed.items)).toEqual(['panic', 'decide', 'open', 'open', 'quit']);
  });
});
