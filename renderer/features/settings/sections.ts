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
import type { LucideIcon } from 'lucide-react';

import { t } from '#shared/words.ts';

/** The parts of the settings, in the order of their list. */
export const SETTINGS_SECTIONS = [
  { id: 'backends', label: t('Backends'), icon: Plug },
  { id: 'credentials', label: t('Credentials'), icon: KeyRound },
  { id: 'security', label: t('Security'), icon: LockKeyhole },
  { id: 'ingest', label: t('Detector scripts'), icon: FileTerminal },
  { id: 'limits', label: t('Limits'), icon: Scale },
  { id: 'panic', label: t('Halting'), icon: OctagonX },
  { id: 'watch', label: t('While you are away'), icon: ShieldCheck },
  { id: 'attention', label: t('Notifications and sound'), icon: BellRing },
  { id: 'channels', label: t('Channels'), icon: Megaphone },
  { id: 'assistant', label: t('Assistant'), icon: Bot },
  { id: 'journal', label: t('Journal'), icon: BookText },
  { id: 'appearance', label: t('Appearance'), icon: Palette },
  { id: 'region', label: t('Language and region'), icon: Languages },
  { id: 'shortcuts', label: t('Keys'), icon: Keyboard },
  { id: 'desktop', label: t('This computer'), icon: MonitorCog },
  { id: 'updates', label: t('Updates'), icon: Download },
  { id: 'settings-file', label: t('Save and import'), icon: FileCog },
  { id: 'help', label: t('Help'), icon: LifeBuoy },
  { id: 'about', label: t('About'), icon: Info },
] as const satisfies { id: string; label: string; icon: LucideIcon }[];

export type SettingsSectionId = (typeof SETTINGS_SECTIONS)[number]['id'];
