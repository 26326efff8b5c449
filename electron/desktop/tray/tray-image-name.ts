import type { TrayModel } from './tray-model.ts';

/**
 * The file of the image for a state, muted or not. macOS draws a template in the colour of its menu bar; a halt keeps its red
 * there as well.
 */
export function trayImageName(
  { icon, muted }: Pick<TrayModel, 'icon' | 'muted'>,
  platform: NodeJS.Platform,
): string {
  const name = muted ? `${icon}-muted` : icon;
  return `${platform === 'darwin' && icon !== 'killed' ? `${name}Template` : name}.png`;
}
