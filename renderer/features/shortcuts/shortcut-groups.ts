import type { ShortcutName } from '#shared/domain/shortcuts.ts';

interface ShortcutLine {
  name: ShortcutName;
  label: string;
}

/** What has keys, in the words of the window and by where they count. */
export const SHORTCUT_GROUPS: readonly { title: string; lines: readonly ShortcutLine[] }[] = [
  {
    title: 'Everywhere',
    lines: [
      { name: 'palette', label: 'Search and commands' },
      { name: 'cheat-sheet', label: 'Keys at a glance' },
      { name: 'mute', label: 'Mute for an hour, or unmute' },
    ],
  },
  {
    title: 'Places',
    lines: [
      { name: 'place.deck', label: 'Deck' },
      { name: 'place.approvals', label: 'Approvals' },
      { name: 'place.portfolio', label: 'Portfolio' },
      { name: 'place.alerts', label: 'Alerts' },
      { name: 'place.models', label: 'Models' },
      { name: 'place.market', label: 'Market' },
      { name: 'place.copy-trading', label: 'Copy trading' },
      { name: 'place.bot-room', label: 'Bot room' },
      { name: 'place.assistant', label: 'Assistant' },
      { name: 'place.journal', label: 'Journal' },
    ],
  },
  {
    title: 'Approvals',
    lines: [
      { name: 'approvals.next', label: 'Next proposal' },
      { name: 'approvals.previous', label: 'Proposal before' },
      { name: 'approvals.arm', label: 'Go to Approve; Enter then approves' },
      { name: 'approvals.decline', label: 'Decline' },
    ],
  },
];

/** The name of something that has keys, for a sentence. */
export const labelOf = (name: ShortcutName): string =>
  SHORTCUT_GROUPS.flatMap(({ lines }) => lines).find((line) => line.name === name)?.label ?? name;
