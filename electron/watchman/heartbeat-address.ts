/** A heartbeat's address, taken apart so that the project's requests can be made of it. */
export interface HeartbeatAddress {
  baseUrl: string;
  /** The only part that may be shown. */
  host: string;
  /** Path and query of a form: of the plain one, or with `/start` or `/fail` behind the path. */
  path(form: HeartbeatForm): string;
}
export type HeartbeatForm = 'ok' | 'start' | 'fail';

/** Reads an address, or says what is wrong with it without repeating it: it may hold a secret. */
export function parseHeartbeatAddress(
  text: string,
): { ok: true; address: HeartbeatAddress } | { ok: false; message: string } {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return { ok: false, message: 'Type a whole address that begins with https://.' };
  if (url.username !== '' || url.password !== '')
    return { ok: false, message: 'An address with a user name and a password in it cannot be used.' };
  const path = url.pathname.replace(/\/+$/, '');
  return {
    ok: true,
    address: {
      baseUrl: url.origin,
      host: url.host,
      path: (form) => `${form === 'ok' ? url.pathname : `${path}/${form}`}${url.search}`,
    },
  };
}
