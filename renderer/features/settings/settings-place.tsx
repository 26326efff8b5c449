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
import type { SettingsSectionId } from './sections.ts';
import { SETTINGS_SECTIONS } from './sections.ts';
import { SecuritySection } from './security/security-section.tsx';
import { SettingsFileSection } from './settings-file/settings-file-section.tsx';
import { ShortcutsSection } from './shortcuts/shortcuts-section.tsx';
import { UpdatesSection } from './updates/updates-section.tsx';
import { WatchSection } from './watch/watch-section.tsx';

const PAGES: Readonly<Record<SettingsSectionId, ComponentType>> = {
  backends: BackendsSection,
  credentials: CredentialsSection,
  security: SecuritySection,
  ingest: IngestSection,
  limits: LimitsSection,
  panic: PanicSection,
  watch: WatchSection,
  attention: AttentionSection,
  channels: ChannelsSection,
  assistant: AssistantSection,
  journal: JournalSection,
  appearance: AppearanceSection,
  region: RegionSection,
  shortcuts: ShortcutsSection,
  desktop: DesktopSection,
  updates: UpdatesSection,
  'settings-file': SettingsFileSection,
  help: HelpSection,
  about: AboutSection,
};
/** What a person can set. The item of the place is a section's name, or a backend's id. */
export function SettingsPlace() {
  const itemId = useUi((state) => state.itemId);
  const asked = SETTINGS_SECTIONS.find(({ id }) => id === itemId)?.id;
  const [chosen, setChosen] = useState<{ id: SettingsSectionId; forItem: string | null } | null>(null);
  // What the person clicked counts until somebody opens the place at an item again.
  const id = chosen !== null && chosen.forItem === itemId ? chosen.id : (asked ?? 'backends');
  const section = SETTINGS_SECTIONS.find((one) => one.id === id) ?? SETTINGS_SECTIONS[0];
  const ready = useSettingsStore((state) => state.settings !== null);
  const trouble = useSettingsStore((state) => state.trouble);
  const Section = PAGES[section.id];

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader title={t('Settings')} />
      <div className="flex min-h-0 flex-1 gap-5 px-5 pb-5">
        <nav aria-label={t('Sections')} className="flex w-52 shrink-0 flex-col gap-0.5 pt-1">
          {SETTINGS_SECTIONS.map(({ id: sectionId, label, icon: Icon }) => (
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
