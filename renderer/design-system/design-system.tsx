import { useEffect, useState } from 'react';

import { appearance } from '#shared/domain/settings/settings.ts';
import type { Appearance } from '#shared/domain/settings/settings.ts';

import { Toasts } from '../shell/toasts/toasts.tsx';
import { Segmented } from '../ui/tabs.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { Charts } from './charts.tsx';
import { Choices } from './choices.tsx';
import { Figures } from './figures.tsx';
import { Foundations } from './foundations.tsx';
import { Overlays } from './overlays.tsx';
import { States } from './states.tsx';

const CONTROLS = [
  { name: 'theme', label: 'Theme', values: ['dark', 'light'] },
  { name: 'contrast', label: 'Contrast', values: ['normal', 'high'] },
  { name: 'density', label: 'Density', values: ['comfortable', 'compact'] },
  { name: 'gainLoss', label: 'Gain and loss', values: ['green-red', 'blue-orange', 'mono'] },
] as const satisfies readonly { name: keyof Appearance; label: string; values: readonly string[] }[];

/** Every part that places share, in all its states, on made-up data. For development: no packaged desk has this page. */
export function DesignSystem() {
  const [look, setLook] = useState<Appearance>(() => ({ ...appearance.parse({}), contrast: 'normal' }));
  useEffect(() => {
    Object.assign(document.documentElement.dataset, look);
  }, [look]);
  return (
    <TooltipProvider>
      <div className="h-full overflow-y-auto bg-canvas">
        <header className="sticky top-0 z-20 flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line bg-surface px-6 py-3">
          <h1 className="mr-auto text-lg font-semibold tracking-tight text-ink">Design system</h1>
          {CONTROLS.map(({ name, label, values }) => (
            <Segmented
              key={name}
              label={label}
              value={look[name]}
              onChange={(value) => setLook((before) => ({ ...before, [name]: value }))}
              options={values.map((value) => ({ value, label: value }))}
            />
          ))}
        </header>
        <main className="mx-auto flex max-w-6xl flex-col gap-8 p-6">
          <Foundations />
          <Choices />
          <Figures />
          <States />
          <Charts />
          <Overlays />
        </main>
      </div>
      <Toasts />
    </TooltipProvider>
  );
}
