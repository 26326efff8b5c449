import {
  BellRing,
  Bot,
  BookText,
  Download,
  FileCog,
  FileTerminal,
  Info,
  LifeBuoy,
  Keyboard,
  KeyRound,
  Languages,
  LockKeyhole,
  Megaphone,
  MonitorCog,
  OctagonX,
  Palette,
  Plug,
  Scale,
  ShieldCheck,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useState } from 'react';

import { t } from '#shared/words.ts';

import { useSettingsStore } from '../../stores/settings.ts';
import { useUi } from '../../stores/ui.ts';
import { cx } from '../../ui/cx.ts';
import { PlaceHeader } from '../../ui/panel.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { AboutSection } from './about/about-section.tsx';
import { AppearanceSection } from './appearance/appearance-section.tsx';
import { AssistantSection } from './assistant/assistant-section.tsx';
import { AttentionSection } from './attention/attention-section.tsx';
import { BackendsSection } from './backends/backends-section.tsx';
import { ChannelsSection } from './channels/channels-section.tsx';
import { CredentialsSection } from './credentials/credentials-section.tsx';
import { DesktopSection } from './desktop/desktop-section.tsx';
import { HelpSection } from './help/help-section.tsx';
import { IngestSection } from './ingest/ingest-section.tsx';
import { JournalSection } from './journal/journal-section.tsx';
import { LimitsSection } from './limits/limits-section.tsx';
import { PanicSection } from './panic/panic-section.tsx';
import { RegionSection } from './region/region-section.tsx';
import { SecuritySection } from './security/security-section.tsx';
import { SettingsFileSection } from './settings-file/settings-file-section.tsx';
import { ShortcutsSection } from './shortcuts/shortcuts-section.tsx';
import { UpdatesSection } from './updates/updates-section.tsx';
import { WatchSection } from './watch/watch-section.tsx';

const SECTIONS = [
  { id: 'backends', label: t('Backends'), icon: Plug, component: BackendsSection },
  { id: 'credentials', label: t('Credentials'), icon: KeyRound, component: CredentialsSection },
  { id: 'security', label: t('Security'), icon: LockKeyhole, component: SecuritySection },
  { id: 'ingest', label: t('Detector scripts'), icon: FileTerminal, component: IngestSection },
  { id: 'limits', label: t('Limits'), icon: Scale, component: LimitsSection },
  { id: 'panic', label: t('Halting'), icon: OctagonX, component: PanicSection },
  { id: 'watch', label: t('While you are away'), icon: ShieldCheck, component: WatchSection },
  { id: 'attention', label: t('Notifications and sound'), icon: BellRing, component: AttentionSection },
  { id: 'channels', label: t('Channels'), icon: Megaphone, component: ChannelsSection },
  { id: 'assistant', label: t('Assistant'), icon: Bot, component: AssistantSection },
  { id: 'journal', label: t('Journal'), icon: BookText, component: JournalSection },
  { id: 'appearance', label: t('Appearance'), icon: Palette, component: AppearanceSection },
  { id: 'region', label: t('Language and region'), icon: Languages, component: RegionSection },
  { id: 'shortcuts', label: t('Keys'), icon: Keyboard, component: ShortcutsSection },
  { id: 'desktop', label: t('This computer'), icon: MonitorCog, component: DesktopSection },
  { id: 'updates', label: t('Updates'), icon: Download, component: UpdatesSection },
  { id: 'settings-file', label: t('Save and import'), icon: FileCog, component: SettingsFileSection },
  { id: 'help', label: t('Help'), icon: LifeBuoy, component: HelpSection },
  { id: 'about', label: t('About'), icon: Info, component: AboutSection },
] as const satisfies { id: string; label: string; icon: ComponentType; component: ComponentType }[];

type SectionId = (typeof SECTIONS)[number]['id'];

/** What a person can set. The item of the place is a section's name, or a backend's id. */
export function SettingsPlace() {
  const itemId = useUi((state) => state.itemId);
  const asked = SECTIONS.find(({ id }) => id === itemId)?.id;
  const [chosen, setChosen] = useState<{ id: SectionId; forItem: string | null } | null>(null);
  // What the person clicked counts until somebody opens the place at an item again.
  const id = chosen !== null && chosen.forItem === itemId ? chosen.id : (asked ?? 'backends');
  const section = SECTIONS.find((one) => one.id === id) ?? SECTIONS[0];
  const ready = useSettingsStore((state) => state.settings !== null);
  const trouble = useSettingsStore((state) => state.trouble);
  const Section = section.component;

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader title={t('Settings')} />
      <div className="flex min-h-0 flex-1 gap-5 px-5 pb-5">
        <nav aria-label={t('Sections')} className="flex w-52 shrink-0 flex-col gap-0.5 pt-1">
          {SECTIONS.map(({ id: sectionId, label, icon: Icon }) => (
            <button
              key={sectionId}
              type="button"
              aria-current={sectionId === section.id ? 'page' : undefined}
              onClick={() => setChosen({ id: sectionId, forItem: itemId })}
              className={cx(
                'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-left text-sm',
                sectionId === section.id
                  ? 'bg-soft font-medium text-ink'
                  : 'text-muted hover:bg-raised hover:text-ink',
              )}
            >
              <Icon size={15} aria-hidden className="shrink-0" />
              <span className="truncate">{label}</span>
            </button>
          ))}
        </nav>
        <ScrollArea label={section.label} className="min-h-0 min-w-0 flex-1 pr-1">
          <div className="max-w-3xl">
            {ready ? (
              <Section />
            ) : trouble === null ? (
              <SkeletonRows />
            ) : (
              <ErrorState title={t('The settings could not be read')} message={trouble} />
            )}
          </div>
        </ScrollArea>
      </div>
    </div>
  );
}
