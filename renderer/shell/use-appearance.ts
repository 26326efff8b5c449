import { useEffect } from 'react';

import { lookOf } from '#shared/look.ts';

import { useSettingsStore } from '../stores/settings.ts';

/** Puts the person's appearance on <html>, where the style sheet reads it, and follows the system's theme and contrast when asked to. */
export function useAppearance(): void {
  const appearance = useSettingsStore((state) => state.settings?.appearance);
  useEffect(() => {
    if (appearance === undefined) return;
    const light = window.matchMedia('(prefers-color-scheme: light)');
    const strong = window.matchMedia('(prefers-contrast: more), (forced-colors: active)');
    const apply = (): void =>
      void Object.assign(
        document.documentElement.dataset,
        lookOf(appearance, { light: light.matches, strong: strong.matches }),
      );
    apply();
    light.addEventListener('change', apply);
    strong.addEventListener('change', apply);
    return () => {
      light.removeEventListener('change', apply);
      strong.removeEventListener('change', apply);
    };
  }, [appearance]);
}
