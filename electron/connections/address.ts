import { isLoopback } from '#shared/loopback.ts';

/** A backend's address, and the only place to which its credentials go (S3). */
export interface BaseAddress {
  readonly origin: string;
  readonly host: string;
  /** No encryption, and not on this machine either. */
  readonly exposed: boolean;
  /** The address of a path below it, or null for a path that would lead elsewhere. */
  at(path: string): URL | null;
  /** Where a redirect leads, or null when that is another origin or no address at all. */
  redirect(from: URL, location: string | undefined): URL | null;
}

/** Reads an address such as `https://bot.example/api`. User names in it, its query and its fragment do not count. */
export function parseAddress(baseUrl: string): BaseAddress {
  const base = new URL(baseUrl);
  const prefix = base.origin + base.pathname.replace(/\/+$/, '');
  return {
    origin: base.origin,
    host: base.host,
    exposed: base.protocol !== 'https:' && !isLoopback(base.hostname),
    at(path) {
      // Ids of a backend become parts of paths; one with `/../` in it must not reach another endpoint.
      const route = path.split(/[?#]/, 1)[0] ?? '';
      if (
        !path.startsWith('/') ||
        /\\|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(route) ||
        !URL.canParse(prefix + path)
      )
        return null;
      const url = new URL(prefix + path);
      url.hash = '';
      return url;
    },
    redirect(from, location) {
      if (location === undefined || !URL.canParse(location, from.href)) return null;
      const url = new URL(location, from);
      return url.origin === base.origin ? url : null;
    },
  };
}
