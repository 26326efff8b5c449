import { join, normalize, sep } from 'node:path';

import { PLACE_QUERY, PLAYBACK_QUERY } from '#shared/ipc/channels.ts';

/** The window's page has an origin of its own instead of `file://`, which could read the whole disk. */
export const APP_SCHEME = 'app';
const APP_HOST = 'quarterdeck';
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;
/** The same page, told to hold one place and nothing beside it. */
export const placePage = (place: string): string => `${APP_PAGE}?${PLACE_QUERY}=${encodeURIComponent(place)}`;
/** The same page, told to show the past. */
export const PLAYBACK_PAGE = `${APP_PAGE}?${PLAYBACK_QUERY}`;
export const DESIGN_PAGE = `${APP_SCHEME}://${APP_HOST}/design-system.html`;
/** What our pages read first; made by `region-script.ts`. */
export const REGION_SCRIPT = `${APP_SCHEME}://${APP_HOST}/region.js`;
export const SOUND_PAGE = `${APP_SCHEME}://${APP_HOST}/sound.html`;

/**
 * No remote content and no inline script. Inline styles have to stay: the libraries for dialogs, toasts and charts write
 * style elements while they run; without script and without a way out, a style can carry nothing away.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const isOwnPage = (address: string): boolean => {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
};

/** The file in `root` that an address of ours names, or `null` for any other address and for a way out of `root`. */
export function resolvePageFile(root: string, address: string): string | null {
  if (!isOwnPage(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(root, path));
  return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : null;
}
