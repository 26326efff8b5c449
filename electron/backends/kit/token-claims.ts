import { parseJson } from '#shared/json.ts';

/** Claims that are longer are none of a server that is known. */
const LONGEST = 4_000;

/** What a JSON Web Token says of itself; `undefined` where it is none. It is read, not verified: it proves nothing. */
export function tokenClaims(token: string): unknown {
  const claims = token.split('.')[1] ?? '';
  return claims.length > LONGEST ? undefined : parseJson(Buffer.from(claims, 'base64url').toString('utf8'));
}
