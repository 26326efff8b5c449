import type { ShortcutName } from '#shared/domain/settings/shortcuts.ts';
import { t } from '#shared/words.ts';

interface ShortcutLine {
  name: ShortcutName;
  label: string;
}

/** What has keys, in the words of the window and by where they count. */
export const SHORTCUT_GROUPS: readonly { title: string; lines: readonly ShortcutLine[] }[] = [
  {
    title: t('Everywhere'),
    lines: [
      { name: 'palette', label: t('Search and commands') },
      { name: 'cheat-sheet', label: t('Keys at a glance') },
      { name: 'mute', label: t('Mute for an hour, or unmute') },
    ],
  },
  {
    title: t('Places'),
    lines: [
      { name: 'place.deck', label: t('Deck') },
      { name: 'place.approvals', label: t('Approvals') },
      { name: 'place.portfolio', label: t('Portfolio') },
      { name: 'place.alerts', label: t('Alerts') },
      { name: 'place.models', label: t('Models') },
      { name: 'place.market', label: t('Market') },
      { name: 'place.copy-trading', label: t('Copy trading') },
      { name: 'place.bot-room', label: t('Bot room') },
      { name: 'place.assistant', label: t('Assistant') },
      { name: 'place.journal', label: t('Journal') },
    ],
  },
  {
    title: t('Approvals'),
    lines: [
      { name: 'approvals.next', label: t('Next proposal') },
      { name: 'approvals.previous', label: t('Proposal before') },
      { name: 'approvals.arm', label: t('Go to Approve; Enter then approves') },
      { name: 'approvals.decline', label: t('Decline') },
    ],
  },
];

/** The name of something that has keys, for a sentence. */
export const labelOf = (name: ShortcutName): string =>
  SHORTCUT_GROUPS.flatMap(({ lines }) => lines).find((line) => line.name === name)?.label ?? name;
