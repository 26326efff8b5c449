import { createHash } from 'node:crypto';

/**
 * A secret together with the one destination it was typed for, as one text for the vault (S3). Both are encrypted as one, so that
 * whoever can change where the settings lead cannot make the secret go there.
 */
export const bindSecret = (value: string, destination: string): string =>
  `quarterdeck-to:${digestOf(destination)}:${value}`;

/** The secret, where it was typed for this destination; `null` where it was for another. One that is bound to nothing is as it is. */
export function openBound(kept: string | null, destination: string): string | null {
  if (kept === null) return null;
  const [head, digest] = BOUND.exec(kept) ?? [];
  if (head === undefined) return kept;
  return digest === digestOf(destination) ? kept.slice(head.length) : null;
}

/** The secret alone, whatever it is bound to; never to be sent anywhere. */
export const withoutBinding = (kept: string): string => kept.replace(BOUND, '');

const BOUND = /^quarterdeck-to:([0-9a-f]{64}):/;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
