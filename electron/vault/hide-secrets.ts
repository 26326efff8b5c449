import { withoutBinding } from '../lib/bound-secret.ts';

const HIDDEN = '[hidden]';
/** What is shorter is found in ordinary words by chance. */
const SHORTEST = 6;

/** A text without these secrets: as they are, and as JSON, an address, a form, base64 or hex would write them. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const written = new Set(
    secrets.flatMap(partsOf).filter(isLongEnough).flatMap(waysToWrite).filter(isLongEnough),
  );
  // The longest first, so that no rest of one is left where another is part of it.
  return [...written]
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, way) => rest.replaceAll(way, HIDDEN), text);
}

const isLongEnough = (text: string): boolean => text.length >= SHORTEST;

/** Some secrets are a small JSON of their own (a session, a key with its place): each text in it counts. */
function partsOf(kept: string): string[] {
  const secret = withoutBinding(kept);
  try {
    const value: unknown = JSON.parse(secret);
    return typeof value === 'object' ? [secret, ...textsIn(value)] : [secret];
  } catch {
    // Several lines, such as a key in PEM or "user:password", also go one by one.
    return [secret, ...secret.split(/\r?\n|:/)];
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function waysToWrite(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const json = JSON.stringify(secret).slice(1, -1);
  const inAddress = encodeURIComponent(secret.toWellFormed());
  return [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    inAddress,
    inAddress.toLowerCase(),
    inAddress.replaceAll('%20', '+'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
