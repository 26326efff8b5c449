import { isLoopback } from '#shared/loopback.ts';

import { ModelFailure } from './failure.ts';

/** Where a model is asked, and the only place to which its key goes (S3). */
export interface Endpoint {
  /** Without a slash at its end. */
  baseUrl: string;
  origin: string;
  local: boolean;
}

/** Reads what a person typed. Throws with words: only TLS leads away from this computer. */
export function parseEndpoint(address: string): Endpoint {
  const typed = address.trim();
  if (typed === '') throw new ModelFailure('address', 'No address is set.');
  if (!URL.canParse(typed))
    throw new ModelFailure('address', 'This is not an address, such as http://localhost:11434/v1.');
  const url = new URL(typed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new ModelFailure(
      'address',
      'The address has to begin with https:// (or http:// on this computer).',
    );
  if (url.username !== '' || url.password !== '')
    throw new ModelFailure(
      'address',
      'The address must not hold a name or a password: the key has a field of its own.',
    );
  if (url.search !== '' || url.hash !== '')
    throw new ModelFailure('address', 'The address must not hold anything behind a ? or #.');
  const local = isLoopback(url.hostname);
  if (url.protocol === 'http:' && !local)
    throw new ModelFailure(
      'address',
      'Without encryption only a model on this computer is asked: use https://.',
    );
  // Pages of documentation show the whole address of a request, and people paste it.
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(?:chat\/completions|models)$/, '');
  return { baseUrl: url.origin + path, origin: url.origin, local };
}
