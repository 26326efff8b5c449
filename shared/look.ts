import type { Appearance } from './domain/settings/settings.ts';

/** What the system asks of every program. */
export interface SystemLook {
  light: boolean;
  strong: boolean;
}

/** The person's appearance with everything decided that it leaves to the system: data attributes of `<html>`, read by the style sheet. */
export interface Look {
  theme: 'dark' | 'light';
  contrast: 'normal' | 'high';
  density: Appearance['density'];
  gainLoss: Appearance['gainLoss'];
}

export const lookOf = (
  { theme, contrast, density, gainLoss }: Appearance,
  { light, strong }: SystemLook,
): Look => ({
  theme: theme === 'system' ? (light ? 'light' : 'dark') : theme,
  contrast: contrast === 'system' ? (strong ? 'high' : 'normal') : contrast,
  density,
  gainLoss,
});
