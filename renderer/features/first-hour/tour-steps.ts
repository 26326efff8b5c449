import type { Place } from '#shared/domain/attention/attention.ts';
import type { ShortcutName } from '#shared/domain/settings/shortcuts.ts';
import { PANIC_KEYS } from '#shared/domain/settings/shortcuts.ts';
import { t } from '#shared/words.ts';

interface TourStep {
  id: string;
  title: string;
  words: string;
  /** What it points at, as a selector; the middle of the window where that is not drawn. */
  anchor: string;
  /** The place that is open meanwhile. */
  place?: Place;
  /** Keys that stay what they are. */
  keys?: string;
  /** Keys that the person may have changed. */
  shortcut?: ShortcutName;
}

/** What a person should know after two minutes: where to look, how to halt, how to decide, how to get anywhere. */
export const TOUR_STEPS: readonly TourStep[] = [
  {
    id: 'practice',
    title: t('Everything here is practice'),
    words: t(
      'A market and bots that live inside Quarterdeck, with no real money. Press anything you like. Your own bots are never added to these figures.',
    ),
    anchor: '[data-tour="total"]',
    place: 'deck',
  },
  {
    id: 'panic',
    title: t('PANIC halts every bot'),
    words: t(
      'It asks once, says what it does on each bot and what it leaves open, and stays on until you resume by hand. It works from here, from the tray, and while the desk is locked.',
    ),
    anchor: '#bar button[aria-haspopup="dialog"]',
    keys: PANIC_KEYS,
  },
  {
    id: 'lights',
    title: t('A light for each bot'),
    words: t(
      'With the age of its data. A bot that is connected and says nothing turns stale here, and its figures lose their colour: an old number is never shown as a new one.',
    ),
    anchor: '[data-region="backends"]',
  },
  {
    id: 'needs',
    title: t('What needs you'),
    words: t(
      'Proposals that wait for your word, urgent alerts, stopped links. When it says that nothing needs you, you can go.',
    ),
    anchor: '[data-tour="needs"]',
  },
  {
    id: 'approvals',
    title: t('You decide'),
    words: t(
      'A bot proposes, you approve or decline. At the click the desk checks price, limits and age again and says why where it does not let it through.',
    ),
    anchor: '[data-region="places"] [data-place="approvals"]',
    place: 'approvals',
    shortcut: 'place.approvals',
  },
  {
    id: 'palette',
    title: t('Anything by name'),
    words: t(
      'Every place, every question a bot answers and everything it can be told, found by a few letters.',
    ),
    anchor: '[data-tour="palette"]',
    shortcut: 'palette',
  },
  {
    id: 'connect',
    title: t('Connect a bot of yours'),
    words: t(
      'You need its address and, for most, one secret. A test says what was found, what you will see and whether it can be halted, before anything is saved.',
    ),
    anchor: '[data-region="places"] [data-place="settings"]',
    place: 'settings',
  },
];
