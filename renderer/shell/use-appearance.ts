import { useEffect } from 'react';

import type { Appearance } from '#shared/domain/settings.ts';

import { useSettingsStore } from '../stores/settings.ts';

/** Puts the person's appearance on <html>, where the style sheet reads it, and follows the system's theme and contrast when asked to. */
export function useAppearance(): void {
  const appearance = useSettingsStore((state) => state.settings?.appearance);
  useEffect(() => {
    if (appearance === undefined) return;
    const light = window.matchMedia('(prefers-color-scheme: light)');
    const strong = window.matchMedia('(prefers-contrast: more), (forced-colors: active)');
    const apply = (): void => applyAppearance(appearance, light.matches, strong.matches);
    apply();
    light.addEventListener('change', apply);
    strong.addEventListener('change', apply);
    return () => {
      light.removeEventListener('change', apply);
      strong.removeEventListener('change', apply);
    };
  }, [appearance]);
}

function applyAppearance(appearance: Appearance, systemIsLight: boolean, systemIsStrong: boolean): void {
  const { dataset } = document.documentElement;
  dataset.theme = appearance.theme === 'system' ? (systemIsLight ? 'light' : 'dark') : appearance.theme;
  dataset.contrast =
    appearance.contrast === 'system' ? (systemIsStrong ? 'high' : 'normal') : appearance.contrast;
  dataset.density = appearance.density;
  dataset.gainLoss = appearance.gainLoss;
}
