import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import type { Answer } from './answer.ts';
import { failure, json } from './answer.ts';
import type { Coinruler } from './context.ts';
import { newId, nowIso } from './context.ts';
import { ROTATION_SERVICES } from './documents.ts';

/** Days between rotations, hours of grace, and whether it is on, per service (sheet, section 4.7). */
const DEFAULTS: Readonly<Record<(typeof ROTATION_SERVICES)[number], readonly [number, number, boolean]>> = {
  coinbase: [90, 24, true],
  discord: [180, 12, true],
  mongodb: [90, 48, true],
  openai: [60, 6, true],
  newsapi: [180, 24, false],
  whalealert: [180, 24, false],
  tradingecon: [180, 24, false],
  twilio: [120, 12, false],
};

/** A bare list in a fixed order. */
export function rotationStatus(desk: Coinruler): Record<string, unknown>[] {
  return ROTATION_SERVICES.map((service) => {
    const policy = policyOf(desk, service) ?? {};
    const last = typeof policy.lastRotation === 'string' ? Date.parse(policy.lastRotation) : null;
    const days = Number(policy.rotationIntervalDays);
    const isDue = Boolean(policy.enabled) && last !== null && desk.clock.now() - last >= days * DAY_MS;
    const { enabled, lastRotation, nextRotation } = policy;
    return { service, enabled, lastRotation, nextRotation, isDue };
  });
}

export function rotationPolicy(desk: Coinruler, service: string): Answer {
  const policy = policyOf(desk, service);
  return policy === null ? failure(404, 'Policy not found') : json(policy);
}

export function changePolicy(desk: Coinruler, service: string, body: Record<string, unknown>): Answer {
  return desk.unit.commit(() => {
    const policy = { service, ...body };
    const _id = desk.state.rotationPolicies[service]?._id ?? newId(desk);
    desk.state.rotationPolicies[service] = { ...policyOf(desk, service), ...policy, _id };
    return json({ ok: true, policy });
  });
}

/** HTTP 200 whatever becomes of it, and the old secret itself as `oldKeyId` (sheet, section 4.7). Contacts nobody. */
export function rotate(desk: Coinruler, service: string): Answer {
  const timestamp = nowIso(desk);
  const policy = policyOf(desk, service);
  if (!policy?.enabled) {
    return json({ service, success: false, timestamp, error: `Rotation disabled for ${service}` });
  }
  return desk.unit.commit(() => {
    const nowMs = desk.clock.now();
    const oldKeyId = desk.state.rotationSecrets[service] ?? 'unknown';
    desk.state.rotationSecrets[service] = `${service}_secret_${desk.random.whole(1e9, 9e9).toString(36)}`;
    const nextRotation = new Date(nowMs + Number(policy.rotationIntervalDays) * DAY_MS).toISOString();
    const _id = policy._id ?? newId(desk);
    desk.state.rotationPolicies[service] = { ...policy, lastRotation: timestamp, nextRotation, _id };
    const gracePeriodEnd = new Date(nowMs + Number(policy.gracePeriodHours) * HOUR_MS).toISOString();
    return json({
      service,
      success: true,
      timestamp,
      newKeyId: `${service}_key_${nowMs}`,
      oldKeyId,
      gracePeriodEnd,
    });
  });
}

function policyOf(desk: Coinruler, service: string): Record<string, unknown> | null {
  const stored = Object.hasOwn(desk.state.rotationPolicies, service)
    ? desk.state.rotationPolicies[service]
    : undefined;
  if (stored !== undefined) return stored;
  const name = ROTATION_SERVICES.find((one) => one === service);
  if (name === undefined) return null;
  const [rotationIntervalDays, gracePeriodHours, enabled] = DEFAULTS[name];
  return { service, rotationIntervalDays, gracePeriodHours, enabled };
}
