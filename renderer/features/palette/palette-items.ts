import {
  AppWindow,
  BellOff,
  ClipboardCheck,
  Compass,
  History,
  Keyboard,
  LockKeyhole,
  Moon,
  OctagonX,
  Play,
  Search,
  Volume2,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { createElement, useMemo } from 'react';

import type { ActDescriptor, BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { PANIC_KEYS } from '#shared/domain/settings/shortcuts.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { describeError } from '../../bridge.ts';
import { places } from '../../shell/places.ts';
import { useNow } from '../../stores/clock.ts';
import { useAttentionPolicy, usePanic } from '../../stores/derived.ts';
import { useSlice } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { toggleMuted } from '../../stores/mute.ts';
import { openApart } from '../../stores/open-apart.ts';
import { ownPlace } from '../../stores/own-place.ts';
import { isPlayback } from '../../stores/own-place.ts';
import { playBack } from '../../stores/playback.ts';
import { useReduceOnly } from '../../stores/reduce-only.ts';
import { changeSettings, useSettings } from '../../stores/settings.ts';
import { useShortcutKeys } from '../../stores/shortcuts.ts';
import { toast } from '../../stores/toasts.ts';
import {
  openPlace,
  setCheatSheetOpen,
  setPaletteOpen,
  setPanicOpen,
  setResumeOpen,
  useUi,
} from '../../stores/ui.ts';
import { approvalKeyOf, groupWaiting } from '../approvals/approval-groups.ts';
import { amountWords } from '../approvals/approval-words.ts';
import { startTour } from '../first-hour/guide.ts';
import { lockDesk } from '../lock/lock-desk.ts';
import { rehearse } from '../panic/use-rehearsal.ts';
import type { Ability } from '../bot-room/abilities.ts';
import { abilitiesOf, abilityKey, thingActsOf } from '../bot-room/abilities.ts';
import type { ThingSlices } from '../bot-room/things.ts';
import { THING_NAMES, thingsOf } from '../bot-room/things.ts';
import type { AbilityChoice } from './ability-page.tsx';

export interface PaletteItem {
  id: string;
  label: string;
  note?: string;
  icon: ReactNode;
  keys?: string;
  keywords: string[];
  run: () => void;
}

export interface PaletteGroup {
  name: string;
  items: PaletteItem[];
}

/** Everything that can be done now, by group. */
export function usePaletteItems(onOpen: (choice: AbilityChoice) => void): readonly PaletteGroup[] {
  const proposals = useProposals();
  const desk = useDeskItems();
  const backends = useSlice('backends');
  const kinds = useKinds();
  const reduceOnly = useReduceOnly();
  const keys = useShortcutKeys();
  const things = useThings();
  return useMemo(() => {
    const perBackend = [...backends.values()]
      .filter((backend) => backend.enabled)
      .map((backend): PaletteGroup => {
        const kind = kinds?.get(backend.kind);
        return {
          name: backend.practice ? `${backend.name} (practice)` : backend.name,
          items:
            kind === undefined
              ? []
              : abilityItems({ backend, kind, things }, reduceOnly.get(backend.id) ?? null, onOpen),
        };
      });
    return [proposals, { name: t('Go to'), items: placeItems(keys) }, desk, ...perBackend].filter(
      (group) => group.items.length > 0,
    );
  }, [proposals, desk, backends, kinds, reduceOnly, keys, things, onOpen]);
}

/** Which things there are. */
function useThings(): ThingSlices {
  const models = useSlice('models');
  const runs = useSlice('runs');
  const traders = useSlice('traders');
  const positions = useSlice('positions');
  const watchLists = useSlice('watchLists');
  const thresholds = useSlice('thresholds');
  return useMemo(
    () => ({ models, runs, traders, positions, watchLists, thresholds }),
    [models, runs, traders, positions, watchLists, thresholds],
  );
}

function useProposals(): PaletteGroup {
  const approvals = useSlice('approvals');
  const reduceOnly = useReduceOnly();
  return useMemo(
    () => ({
      name: t('Waiting for you'),
      items: groupWaiting(approvals.values()).map((group) => ({
        id: `approval:${group.key}`,
        label: `${sideWord[group.newest.side]}${amountWords(group.newest)}`,
        note: reduceOnly.has(group.newest.backendId)
          ? t('{title} · only declining, {backendId}', {
              title: group.newest.title,
              backendId: reduceOnly.get(group.newest.backendId) ?? '',
            })
          : group.newest.title,
        icon: icon(Zap),
        keywords: ['approval', 'approve', 'decline', group.newest.backendId],
        run: () => openPlace('approvals', approvalKeyOf(group.newest)),
      })),
    }),
    [approvals, reduceOnly],
  );
}

function useDeskItems(): PaletteGroup {
  const settings = useSettings();
  const { summary } = usePanic();
  const keys = useShortcutKeys();
  const { muteUntilMs } = useAttentionPolicy();
  const now = useNow(5 * SECOND_MS);
  const muted = muteUntilMs !== null && now < muteUntilMs;
  const place = useUi((state) => state.place);
  const placeLabel = places.find((info) => info.place === place)?.label ?? '';
  return useMemo(() => {
    const items: PaletteItem[] = [
      {
        id: 'panic',
        label: t('PANIC: halt every bot'),
        icon: createElement(OctagonX, { size: 15, 'aria-hidden': true, className: 'text-danger' }),
        keys: PANIC_KEYS,
        keywords: ['kill', 'stop', 'halt', 'emergency'],
        run: () => setPanicOpen(true, 'palette'),
      },
      {
        id: 'mute',
        label: muted ? t('Unmute') : t('Mute for an hour'),
        icon: icon(BellOff),
        ...keysIn(keys.mute),
        keywords: ['mute', 'silence', 'quiet', 'notifications', 'sound'],
        run() {
          setPaletteOpen(false);
          void toggleMuted();
        },
      },
      {
        id: 'lock',
        label: t('Lock the desk'),
        icon: icon(LockKeyhole),
        keys: 'Mod+Shift+L',
        keywords: ['hide', 'away', 'security'],
        run() {
          setPaletteOpen(false);
          void lockDesk();
        },
      },
    ];
    items.push({
      id: 'cheat-sheet',
      label: t('Keys at a glance'),
      icon: icon(Keyboard),
      ...keysIn(keys['cheat-sheet']),
      keywords: ['shortcuts', 'keyboard', 'help', 'cheat sheet'],
      run: () => setCheatSheetOpen(true),
    });
    if (ownPlace === null)
      items.push({
        id: 'apart',
        label: t('{placeLabel} in its own window', { placeLabel }),
        icon: icon(AppWindow),
        keywords: ['open', 'tear off', 'second', 'monitor', 'screen', 'detach'],
        run() {
          setPaletteOpen(false);
          openApart(place);
        },
      });
    if (!isPlayback) {
      items.push({
        id: 'playback',
        label: t('Play back the last minutes'),
        note: t('The desk as it was'),
        icon: icon(History),
        keywords: ['past', 'replay', 'history', 'rewind', 'playback'],
        run() {
          setPaletteOpen(false);
          void playBack({});
        },
      });
    }
    items.push({
      id: 'tour',
      label: t('Take the tour'),
      icon: icon(Compass),
      keywords: ['help', 'guide', 'first', 'learn'],
      run() {
        setPaletteOpen(false);
        startTour();
      },
    });
    if (!summary.latched) {
      items.push({
        id: 'rehearse',
        label: t('Rehearse PANIC'),
        note: t('Halts nothing'),
        icon: icon(ClipboardCheck),
        keywords: ['panic', 'rehearsal', 'drill', 'test'],
        run: () => {
          openPlace('settings', 'panic');
          void rehearse('palette');
        },
      });
    }
    if (summary.latched) {
      items.push({
        id: 'resume',
        label: t('Resume after panic'),
        icon: icon(Play),
        keywords: ['panic', 'clear', 'continue'],
        run: () => setResumeOpen(true),
      });
    }
    if (settings !== null) {
      const light = settings.appearance.theme === 'light';
      items.push(
        {
          id: 'theme',
          label: light ? t('Dark theme') : t('Light theme'),
          icon: icon(Moon),
          keywords: ['theme', 'appearance', 'light', 'dark'],
          run: () => void change({ appearance: { theme: light ? 'dark' : 'light' } }),
        },
        {
          id: 'sound',
          label: settings.attention.sound ? t('Turn sound off') : t('Turn sound on'),
          icon: icon(Volume2),
          keywords: ['mute', 'sound', 'volume'],
          run: () => void change({ attention: { sound: !settings.attention.sound } }),
        },
      );
    }
    return { name: t('Desk'), items };
  }, [settings, summary.latched, keys, muted, place, placeLabel]);
}

const sideWord = { buy: `${t('Buy')} `, sell: `${t('Sell')} `, stake: `${t('Stake')} `, other: '' } as const;

const placeItems = (keys: ReturnType<typeof useShortcutKeys>): PaletteItem[] =>
  places.map((info) => ({
    id: `place:${info.place}`,
    label: info.label,
    icon: icon(info.icon),
    ...keysIn(info.place === 'settings' ? 'Mod+,' : keys[`place.${info.place}`]),
    keywords: ['go', 'open', info.place],
    run: () => openPlace(info.place),
  }));

const keysIn = (keys: string | null): { keys?: string } => (keys === null ? {} : { keys });

interface Room {
  backend: BackendConfig;
  kind: BackendKindDescriptor;
  things: ThingSlices;
}

/** What the backend can be asked and told, also about one of its things where it has any: which one is the form's first question. */
const abilityItems = (
  { backend, kind, things }: Room,
  reduceOnly: string | null,
  onOpen: (choice: AbilityChoice) => void,
): PaletteItem[] =>
  [...abilitiesOf(kind), ...thingActsOf(kind).filter((one) => hasThing(one, backend.id, things))].map(
    (ability) => ({
      id: `${backend.id}/${abilityKey(ability)}`,
      label: ability.descriptor.label,
      note: ability.kind === 'act' ? actNote(ability.descriptor, reduceOnly) : ability.descriptor.group,
      icon: icon(ability.kind === 'act' ? Zap : Search),
      keywords: [
        backend.name,
        ability.descriptor.group,
        thingName(ability.descriptor),
        ability.kind === 'act' ? 'do' : 'show',
      ],
      run: () => onOpen({ backend, kind, offer: { ability, known: {} } }),
    }),
  );

const hasThing = ({ descriptor: { concerns } }: Ability, backendId: string, things: ThingSlices): boolean =>
  concerns !== undefined && thingsOf(concerns.thing, backendId, things).length > 0;

const thingName = ({ concerns }: Pick<ActDescriptor, 'concerns'>): string =>
  concerns === undefined ? '' : THING_NAMES[concerns.thing];

/** While killed or stale: what lowers risk is marked, and so is what the door would not let through (K3). */
function actNote(act: ActDescriptor, reduceOnly: string | null): string {
  const { risk, scope } = act;
  const group = scope === 'item' ? `${thingName(act)} · ${act.group}` : act.group;
  if (reduceOnly === null || risk === 'neutral') return group;
  return risk === 'reduces'
    ? t('{group} · lowers risk', { group })
    : t('{group} · not now, {reduceOnly}', { group, reduceOnly });
}

const icon = (component: typeof Search): ReactNode =>
  createElement(component, { size: 15, 'aria-hidden': true });

async function change(settings: Parameters<typeof changeSettings>[0]): Promise<void> {
  setPaletteOpen(false);
  try {
    await changeSettings(settings);
  } catch (error) {
    toast.error(t('That setting could not be saved'), { description: describeError(error) });
  }
}
