import type { LucideIcon } from 'lucide-react';
import {
  Bell,
  Bot,
  BrainCircuit,
  ChartCandlestick,
  CircleCheckBig,
  LayoutDashboard,
  MessagesSquare,
  PieChart,
  ScrollText,
  Settings2,
  UsersRound,
} from 'lucide-react';

import type { Place } from '#shared/domain/attention/attention.ts';
import { t } from '#shared/words.ts';

import type { Later } from '../ui/later.tsx';
import { later } from '../ui/later.tsx';

interface PlaceInfo {
  place: Place;
  label: string;
  icon: LucideIcon;
  page: Later<object>;
}

/** Every place of the window, in the order of the navigation. Each is loaded when it is first opened. */
export const places: readonly PlaceInfo[] = [
  {
    place: 'deck',
    label: t('Deck'),
    icon: LayoutDashboard,
    page: later(() => import('../features/deck/deck-place.tsx').then((m) => m.DeckPlace)),
  },
  {
    place: 'approvals',
    label: t('Approvals'),
    icon: CircleCheckBig,
    page: later(() => import('../features/approvals/approvals-place.tsx').then((m) => m.ApprovalsPlace)),
  },
  {
    place: 'portfolio',
    label: t('Portfolio'),
    icon: PieChart,
    page: later(() => import('../features/portfolio/portfolio-place.tsx').then((m) => m.PortfolioPlace)),
  },
  {
    place: 'alerts',
    label: t('Alerts'),
    icon: Bell,
    page: later(() => import('../features/alerts/alerts-place.tsx').then((m) => m.AlertsPlace)),
  },
  {
    place: 'models',
    label: t('Models'),
    icon: BrainCircuit,
    page: later(() => import('../features/models/models-place.tsx').then((m) => m.ModelsPlace)),
  },
  {
    place: 'market',
    label: t('Market'),
    icon: ChartCandlestick,
    page: later(() => import('../features/market/market-place.tsx').then((m) => m.MarketPlace)),
  },
  {
    place: 'copy-trading',
    label: t('Copy trading'),
    icon: UsersRound,
    page: later(() =>
      import('../features/copy-trading/copy-trading-place.tsx').then((m) => m.CopyTradingPlace),
    ),
  },
  {
    place: 'bot-room',
    label: t('Bot room'),
    icon: Bot,
    page: later(() => import('../features/bot-room/bot-room-place.tsx').then((m) => m.BotRoomPlace)),
  },
  {
    place: 'assistant',
    label: t('Assistant'),
    icon: MessagesSquare,
    page: later(() => import('../features/assistant/assistant-place.tsx').then((m) => m.AssistantPlace)),
  },
  {
    place: 'journal',
    label: t('Journal'),
    icon: ScrollText,
    page: later(() => import('../features/journal/journal-place.tsx').then((m) => m.JournalPlace)),
  },
  {
    place: 'settings',
    label: t('Settings'),
    icon: Settings2,
    page: later(() => import('../features/settings/settings-place.tsx').then((m) => m.SettingsPlace)),
  },
];

export const placeLabel = (place: Place): string =>
  places.find((info) => info.place === place)?.label ?? place;

/** Fetches a place before it is drawn. */
export const preloadPlace = (place: Place): void =>
  places.find((info) => info.place === place)?.page.preload();
