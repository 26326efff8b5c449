import { z } from 'zod';

/** The most that a private authority's certificates may take as text. */
export const AUTHORITY_LENGTH = 60_000;

/** Under which name the vault keeps a proxy's "user:password" beside the other secrets of its backend. */
export const PROXY_SECRET = 'proxyCredentials';

/** An address such as `http://10.0.0.2:3128` or `socks5://127.0.0.1:1080`; its credentials are in the vault, never in it. */
const proxyAddress = z
  .string()
  .max(300)
  .refine(
    (text) => proxyTrouble(text) === null,
    'Leave user name, password and path out of the proxy address.',
  );

/** How a backend is reached where that is not straight ahead. Without it there is no proxy, not even the system's. */
export const backendNetwork = z.object({
  proxy: proxyAddress.optional(),
  /** Certificates (PEM) of the one authority whose word counts for this backend; without it the well-known ones count. */
  authority: z.string().max(AUTHORITY_LENGTH).optional(),
});
export type BackendNetwork = z.infer<typeof backendNetwork>;

/** One certificate of a private authority, in a person's words. */
export interface AuthorityCertificate {
  subject: string;
  validFromMs: number;
  validToMs: number;
  /** SHA-256, as it is read out to compare. */
  fingerprint: string;
  isExpired: boolean;
}

/** What is wrong with the address of a proxy, or `null`. */
export function proxyTrouble(text: string): string | null {
  if (/^[a-z0-9]+:\/\/[^/?#]*@/i.test(text)) return 'User name and password have a field of their own.';
  const port = PROXY_ADDRESS.exec(text)?.[1];
  if (PROXY_ADDRESS.test(text) && Number(port ?? 0) <= 65_535) return null;
  return 'Type an address such as http://10.0.0.2:3128 or socks5://127.0.0.1:1080.';
}

/** Scheme, host and port, and nothing behind them. */
const PROXY_ADDRESS = /^(?:https?|socks5):\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/i;

/**
 * Where the secrets of a backend go: to its origin, by this way, on the word of this authority. A kept secret is used for
 * no other (S3), so one that changes asks for the secrets again.
 */
export function secretDestination(config: { address: string; network?: BackendNetwork | undefined }): string {
  const origin = /^[a-z]+:\/\/[^/?#]+/i.exec(config.address)?.[0] ?? config.address;
  const { proxy = '', authority = '' } = config.network ?? {};
  return JSON.stringify([origin.toLowerCase(), proxy, authority.trim()]);
}
