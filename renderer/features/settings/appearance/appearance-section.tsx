import type { Appearance } from '#shared/domain/settings/settings.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../../stores/settings.ts';
import { Money, MoneyChange, Percent } from '../../../ui/figures.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Segmented } from '../../../ui/tabs.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';

/** How the window looks. Each choice shows at once. */
export function AppearanceSection() {
  const appearance = useSettings()?.appearance;
  if (appearance === undefined) return null;
  const set = (change: Partial<Appearance>) => void saveSetting({ appearance: change });
  return (
    <Panel title={t('Appearance')}>
      <SettingRow label={t('Theme')}>
        <Segmented
          label={t('Theme')}
          value={appearance.theme}
          onChange={(theme) => set({ theme })}
          options={[
            { value: 'dark', label: t('Dark') },
            { value: 'light', label: t('Light') },
            { value: 'system', label: t('As the system') },
          ]}
        />
      </SettingRow>
      <SettingRow
        label={t('Contrast')}
        help={t('High contrast is a theme of its own: black or white, strong lines, full colours.')}
      >
        <Segmented
          label={t('Contrast')}
          value={appearance.contrast}
          onChange={(contrast) => set({ contrast })}
          options={[
            { value: 'normal', label: t('Normal') },
            { value: 'high', label: t('High') },
            { value: 'system', label: t('As the system') },
          ]}
        />
      </SettingRow>
      <SettingRow label={t('Density')} help={t('Compact shows more rows.')}>
        <Segmented
          label={t('Density')}
          value={appearance.density}
          onChange={(density) => set({ density })}
          options={[
            { value: 'comfortable', label: t('Comfortable') },
            { value: 'compact', label: t('Compact') },
          ]}
        />
      </SettingRow>
      <SettingRow
        label={t('Gain and loss')}
        help={t(
          'Blue and orange can be told apart with red-green colour blindness. Signs and arrows show in each.',
        )}
      >
        <Segmented
          label={t('Gain and loss')}
          value={appearance.gainLoss}
          onChange={(gainLoss) => set({ gainLoss })}
          options={[
            { value: 'green-red', label: t('Green and red') },
            { value: 'blue-orange', label: t('Blue and orange') },
            { value: 'mono', label: t('Signs only') },
          ]}
        />
      </SettingRow>
      <div
        className="flex flex-wrap items-baseline gap-x-6 gap-y-1 rounded-b-lg bg-raised px-4 py-3 text-sm"
        aria-label={t('Example')}
      >
        <span className="label">{t('Example')}</span>
        <Money value="12345.6" className="font-semibold" />
        <MoneyChange value="231.4" />
        <Percent value="1.91" />
        <MoneyChange value="-87.25" />
        <Percent value="-0.71" />
      </div>
    </Panel>
  );
}
