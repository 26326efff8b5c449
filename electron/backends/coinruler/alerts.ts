import { hash } from 'node:crypto';

import type { Alert, Severity } from '#shared/domain/alerts/alert.ts';

import { factsOf, plainText } from '../../lib/clean.ts';
import type { WireAlert } from './protocol.ts';

/** Two scales are mixed on the wire (§5.1); what is on neither counts as medium. */
const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['debug', 'low'],
  ['info', 'low'],
  ['low', 'low'],
  ['success', 'low'],
  ['medium', 'medium'],
  ['warning', 'medium'],
  ['error', 'high'],
  ['high', 'high'],
  ['critical', 'critical'],
]);

/** Alerts that report the same matter over and over with other figures in them; the figures do not make them news. */
const REPEATERS = new Set([
  'cadence',
  'collateral',
  'data_fetch_error',
  'learning',
  'ltv_monitor',
  'ltv_warning',
  'macro_feargreed',
  'performance',
  'risk',
  'rules_evaluated',
  'system',
]);

const MOST_FACTS = 20;

/** An alert as the desk shows it. CoinRuler gives it no id, so its content is its id: the same alert twice is one. */
export function mapAlert(wire: WireAlert, context: { backendId: string; receivedAtMs: number }): Alert {
  const kind = plainText(wire.type, 60);
  const message = plainText(wire.message, 1_000) || kind;
  const rawSeverity = plainText(wire.severity, 40);
  const facts = factsOf(wire.data);
  return {
    backendId: context.backendId,
    id: contentId([kind, rawSeverity, message, String(wire.timestamp)], facts),
    kind,
    severity: SEVERITIES.get(rawSeverity.toLowerCase()) ?? 'medium',
    rawSeverity,
    message,
    groupKey: `${kind}|${REPEATERS.has(kind) ? message.replace(/\d+(?:[.,]\d+)*/g, '#') : message}`,
    instrument: instrumentOf(facts),
    facts: facts.slice(0, MOST_FACTS),
    occurredAtMs: wire.timestamp,
    receivedAtMs: context.receivedAtMs,
    count: 1,
    acknowledgedAtMs: null,
  };
}

function instrumentOf(facts: Alert['facts']): string | null {
  for (const name of ['symbol', 'exec.symbol', 'asset', 'coin']) {
    const asset = facts.find((fact) => fact.name === name)?.value.toUpperCase() ?? '';
    if (/^[\p{L}\p{N}.\-/]{1,24}$/u.test(asset) && asset !== 'RULE_UPDATE' && asset !== 'MULTI') return asset;
  }
  return null;
}

/** What was made safe to show holds no NUL: joined by it, no two contents read alike. */
function contentId(texts: readonly string[], facts: Alert['facts']): string {
  let content = texts.join('\0');
  for (const { name, value } of facts) content += `\0${name}\0${value}`;
  return hash('sha256', content, 'base64url').slice(0, 22);
}
