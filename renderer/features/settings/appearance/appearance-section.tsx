import type { Appearance } from '#shared/domain/settings.ts';

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
    <Panel title="Appearance">
      <SettingRow label="Theme">
        <Segmented
          label="Theme"
          value={appearance.theme}
          onChange={(theme) => set({ theme })}
          options={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'system', label: 'As the system' },
          ]}
        />
      </SettingRow>
      <SettingRow
        label="Contrast"
        help="High contrast is a theme of its own: black or white, strong lines, full colours."
      >
        <Segmented
          label="Contrast"
          value={appearance.contrast}
          onChange={(contrast) => set({ contrast })}
          options={[
            { value: 'normal', label: 'Normal' },
            { value: 'high', label: 'High' },
            { value: 'system', label: 'As the system' },
          ]}
        />
      </SettingRow>
      <SettingRow label="Density" help="Compact shows more rows.">
        <Segmented
          label="Density"
          value={appearance.density}
          onChange={(density) => set({ density })}
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
      </SettingRow>
      <SettingRow
        label="Gain and loss"
        help="Blue and orange can be told apart with red-green colour blindness. Signs and arrows show in each."
      >
        <Segmented
          label="Gain and loss"
          value={appearance.gainLoss}
          onChange={(gainLoss) => set({ gainLoss })}
          options={[
            { value: 'green-red', label: 'Green and red' },
            { value: 'blue-orange', label: 'Blue and orange' },
            { value: 'mono', label: 'Signs only' },
          ]}
        />
      </SettingRow>
      <div
        className="flex flex-wrap items-baseline gap-x-6 gap-y-1 bg-raised px-4 py-3 text-sm"
        aria-label="Example"
      >
        <span className="label">Example</span>
        <Money value="12345.6" className="font-semibold" />
        <MoneyChange value="231.4" />
        <Percent value="1.91" />
        <MoneyChange value="-87.25" />
        <Percent value="-0.71" />
      </div>
    </Panel>
  );
}
