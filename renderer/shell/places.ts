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
import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';

import type { Place } from '#shared/domain/attention.ts';

interface PlaceInfo {
  place: Place;
  label: string;
  icon: LucideIcon;
  component: LazyExoticComponent<ComponentType>;
}

/** Every place of the window, in the order of the navigation. Each is loaded when it is first opened. */
export const places: readonly PlaceInfo[] = [
  {
    place: 'deck',
    label: 'Deck',
    icon: LayoutDashboard,
    component: lazy(() => import('../features/deck/deck-place.tsx').then((m) => ({ default: m.DeckPlace }))),
  },
  {
    place: 'approvals',
    label: 'Approvals',
    icon: CircleCheckBig,
    component: lazy(() =>
      import('../features/approvals/approvals-place.tsx').then((m) => ({ default: m.ApprovalsPlace })),
    ),
  },
  {
    place: 'portfolio',
    label: 'Portfolio',
    icon: PieChart,
    component: lazy(() =>
      import('../features/portfolio/portfolio-place.tsx').then((m) => ({ default: m.PortfolioPlace })),
    ),
  },
  {
    place: 'alerts',
    label: 'Alerts',
    icon: Bell,
    component: lazy(() =>
      import('../features/alerts/alerts-place.tsx').then((m) => ({ default: m.AlertsPlace })),
    ),
  },
  {
    place: 'models',
    label: 'Models',
    icon: BrainCircuit,
    component: lazy(() =>
      import('../features/models/models-place.tsx').then((m) => ({ default: m.ModelsPlace })),
    ),
  },
  {
    place: 'market',
    label: 'Market',
    icon: ChartCandlestick,
    component: lazy(() =>
      import('../features/market/market-place.tsx').then((m) => ({ default: m.MarketPlace })),
    ),
  },
  {
    place: 'copy-trading',
    label: 'Copy trading',
    icon: UsersRound,
    component: lazy(() =>
      import('../features/copy-trading/copy-trading-place.tsx').then((m) => ({
        default: m.CopyTradingPlace,
      })),
    ),
  },
  {
    place: 'bot-room',
    label: 'Bot room',
    icon: Bot,
    component: lazy(() =>
      import('../features/bot-room/bot-room-place.tsx').then((m) => ({ default: m.BotRoomPlace })),
    ),
  },
  {
    place: 'assistant',
    label: 'Assistant',
    icon: MessagesSquare,
    component: lazy(() =>
      import('../features/assistant/assistant-place.tsx').then((m) => ({ default: m.AssistantPlace })),
    ),
  },
  {
    place: 'journal',
    label: 'Journal',
    icon: ScrollText,
    component: lazy(() =>
      import('../features/journal/journal-place.tsx').then((m) => ({ default: m.JournalPlace })),
    ),
  },
  {
    place: 'settings',
    label: 'Settings',
    icon: Settings2,
    component: lazy(() =>
      import('../features/settings/settings-place.tsx').then((m) => ({ default: m.SettingsPlace })),
    ),
  },
];

export const placeLabel = (place: Place): string =>
  places.find((info) => info.place === place)?.label ?? place;
