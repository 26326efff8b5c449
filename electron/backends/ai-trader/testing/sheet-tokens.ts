import { createHmac, randomUUID } from 'node:crypto';

/** The tokens of a sheet server: signed, with an end, and of a user. */
export interface SheetTokens {
  /** All that were given, oldest first. */
  readonly given: string[];
  give(user: { id: string; email: string }): string;
  /** `null` for one that is not the server's, or is over. */
  userOf(token: string | null | undefined): string | null;
  changeSecret(): void;
  setLife(seconds: number): void;
}

export function createSheetTokens(nowMs: () => number): SheetTokens {
  const given: string[] = [];
  let secret = randomUUID();
  let lifeSeconds = 3_600;
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const coded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  return {
    given,
    give({ id, email }) {
      const iat = Math.floor(nowMs() / 1_000);
      // The number makes each another, also of the same second.
      const n = given.length;
      const claims = { sub: id, email, aud: 'authenticated', iat, exp: iat + lifeSeconds, n };
      const text = `${coded({ alg: 'HS256', typ: 'JWT' })}.${coded(claims)}`;
      const token = `${text}.${sign(text)}`;
      given.push(token);
      return token;
    },
    userOf(token) {
      const [head = '', body = '', signature] = (token ?? '').split('.');
      if (signature !== sign(`${head}.${body}`)) return null;
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as {
        sub: string;
        exp: number;
      };
      return claims.exp * 1_000 > nowMs() ? claims.sub : null;
    },
    changeSecret() {
      secret = randomUUID();
    },
    setLife(seconds) {
      lifeSeconds = seconds;
    },
  };
}
