import { createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { parseJson } from '#shared/json.ts';
import { DAY_MS, SECOND_MS } from '#shared/time.ts';

import type { Owner } from './portfolio.ts';

const claims = z.object({
  userId: z.string(),
  walletAddress: z.string(),
  iat: z.number(),
  exp: z.number(),
});

/** A token as the reference server signs it: HS256, valid a day (sheet, section 2). */
export function signToken(owner: Owner, secret: string, nowMs: number): string {
  const iat = Math.floor(nowMs / SECOND_MS);
  const body = [
    { alg: 'HS256', typ: 'JWT' },
    { userId: owner.id, walletAddress: owner.wallet, iat, exp: iat + DAY_MS / SECOND_MS },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${body}.${signatureOf(body, secret)}`;
}

/** Whose token it is, or why it is refused, in the server's words. */
export function readToken(
  token: string,
  secret: string,
  nowMs: number,
): Owner | 'Token expired' | 'Invalid token' {
  const [head = '', body = '', signature = ''] = token.split('.');
  const expected = Buffer.from(signatureOf(`${head}.${body}`, secret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'Invalid token';
  const parsed = claims.safeParse(parseJson(Buffer.from(body, 'base64url').toString('utf8')));
  if (!parsed.success) return 'Invalid token';
  if (parsed.data.exp * SECOND_MS <= nowMs) return 'Token expired';
  return { id: parsed.data.userId, wallet: parsed.data.walletAddress };
}

const signatureOf = (body: string, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('base64url');
