import type { RegionSettings } from '#shared/domain/settings/region.ts';
import { LANGUAGES, LOCALES } from '#shared/region.ts';
import { firstWeekday, locale, weekdayName } from '#shared/locale.ts';
import { SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../../stores/clock.ts';
import { useSettings } from '../../../stores/settings.ts';
import { Select } from '../../../ui/controls.tsx';
import { Money, MoneyChange, Percent } from '../../../ui/figures.tsx';
import { formatDateTime, formatQuantity, formatWeekday } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { ZonePicker } from './zone-picker.tsx';

/** The language, how figures and dates are written, and where a day begins. The windows are loaded anew with each change. */
export function RegionSection() {
  const region = useSettings()?.region;
  const now = useNow(SECOND_MS);
  if (region === undefined) return null;
  const set = (change: Partial<RegionSettings>) => void saveSetting({ region: change });
  return (
    <Panel title={t('Language and region')}>
      <SettingRow
        label={t('Language')}
        help={t('Menus and windows are drawn anew with it. What the journal keeps stays as it was written.')}
      >
        <Select
          aria-label={t('Language')}
          className="w-64"
          value={region.language}
          onChange={(language) => set({ language })}
          options={[
            { value: 'system', label: t('As the system') },
            { value: 'en', label: LANGUAGES.en },
            { value: 'de', label: LANGUAGES.de },
          ]}
        />
      </SettingRow>
      <SettingRow
        label={t('Numbers and dates')}
        help={t(
          'How they are written, and with which day a week begins. Files for other programs always have the same form.',
        )}
      >
        <Select
          aria-label={t('Numbers and dates')}
          className="w-64"
          value={region.locale}
          onChange={(tag) => set({ locale: tag })}
          options={[{ value: 'system', label: t('As language and system') }, ...localeOptions()]}
        />
      </SettingRow>
      <SettingRow
        label={t('Time zone')}
        help={t(
          'Where days begin: today’s profit, limits a day, reports, quiet hours, and every time on screen.',
        )}
      >
        <ZonePicker value={region.timeZone} onChange={(timeZone) => set({ timeZone })} />
      </SettingRow>
      <div
        role="group"
        className="flex flex-wrap items-baseline gap-x-6 gap-y-1 rounded-b-lg bg-raised px-4 py-3 text-sm"
        aria-label={t('Example')}
      >
        <span className="label">{t('Example')}</span>
        <Money value="1234.56" className="font-semibold" />
        <MoneyChange value="-87.25" />
        <Percent value="1.91" />
        <span className="figures">{formatQuantity('0.12345678')} BTC</span>
        <span className="figures">{formatDateTime(now)}</span>
        <span>{formatWeekday(now)}</span>
        <span>{t('A week begins on {firstWeekday}', { firstWeekday: weekdayName(firstWeekday() % 7) })}</span>
      </div>
    </Panel>
  );
}

/** Each named in the words that are on screen, by name. */
function localeOptions(): { value: (typeof LOCALES)[number]; label: string }[] {
  const names = new Intl.DisplayNames([document.documentElement.lang, locale()], { type: 'language' });
  return LOCALES.map((tag) => ({ value: tag, label: names.of(tag) ?? tag })).sort((one, other) =>
    one.label.localeCompare(other.label, locale()),
  );
}
