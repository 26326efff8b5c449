import { MINUTE_MS } from '#shared/time.ts';

import type { Coinruler } from './context.ts';
import { bound, newId, nowIso } from './context.ts';
import type { MfaDocument } from './documents.ts';

/** Makes a further code for a trade; asking twice makes two (sheet, section 4.2). */
export function requestCode(
  desk: Coinruler,
  tradeId: unknown,
  tradeDetails: Record<string, unknown>,
): MfaDocument {
  const nowMs = desk.clock.now();
  const document: MfaDocument = {
    code: String(desk.random.whole(100_000, 999_998)),
    tradeId,
    userId: 'owner',
    expiresAt: new Date(nowMs + CODE_LIFE_MS).toISOString(),
    verified: false,
    tradeDetails,
    createdAt: nowIso(desk),
    _id: newId(desk),
  };
  desk.state.mfaCodes.push(document);
  bound(desk.state.mfaCodes, CODES_KEPT);
  return document;
}

/** Uses a code up. Answers what is wrong with it, or `null` when it counts. */
export function verifyCode(desk: Coinruler, tradeId: unknown, code: unknown): string | null {
  const found = desk.state.mfaCodes.find((one) => one.tradeId === tradeId && one.code === code);
  if (found === undefined) return 'Invalid MFA code';
  if (found.verified) return 'Code already used';
  if (desk.clock.now() > Date.parse(found.expiresAt)) return 'Code expired. Request a new one.';
  found.verified = true;
  return null;
}

/** Codes that would still count, newest first, in clear as on the real server. */
export function pendingCodes(desk: Coinruler): MfaDocument[] {
  const nowMs = desk.clock.now();
  return desk.state.mfaCodes.filter((one) => !one.verified && Date.parse(one.expiresAt) > nowMs).reverse();
}

const CODE_LIFE_MS = 5 * MINUTE_MS;
const CODES_KEPT = 100;
