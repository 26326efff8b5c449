import { createHmac, timingSafeEqual } from 'node:crypto';

import { parseJson } from '#shared/json.ts';
import { SECOND_MS } from '#shared/time.ts';
import { z } from 'zod';

import type { Clock } from '../../lib/clock.ts';

const claims = z.object({
  sub: z.string(),
  email: z.string(),
  aud: z.literal('authenticated'),
  exp: z.number(),
});

/** Signed tokens as the hosted sign-in issues them: HS256, good for an hour of the clock (sheet, section 2). */
export interface Tokens {
  issue(user: { id: string; email: string }): string;
  /** The user it was issued to; `null` for a token that is forged, expired or none. */
  read(token: string): { id: string; email: string } | null;
  setLife(seconds: number): void;
}

export function createTokens(clock: Clock, secret: string): Tokens {
  let lifeS = 3_600;
  const nowS = (): number => Math.floor(clock.now() / SECOND_MS);
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    issue({ id, email }) {
      const iat = nowS();
      const body = {
        sub: id,
        email,
        aud: 'authenticated',
        role: 'authenticated',
        iat,
        exp: iat + lifeS,
        user_metadata: { role: 'user' },
      };
      const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(body)}`;
      return `${text}.${sign(text)}`;
    },
    read(token) {
      const [head, body, signature, ...rest] = token.split('.');
      if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return null;
      if (!isSame(signature, sign(`${head}.${body}`))) return null;
      const parsed = claims.safeParse(decode(body));
      if (!parsed.success || parsed.data.exp <= nowS()) return null;
      return { id: parsed.data.sub, email: parsed.data.email };
    },
    setLife(seconds) {
      lifeS = seconds;
    },
  };
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (text: string): unknown => parseJson(Buffer.from(text, 'base64url').toString('utf8'));

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
