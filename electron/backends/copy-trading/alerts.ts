import type { Alert, Severity } from '#shared/domain/alerts/alert.ts';

import { plainText } from '../../lib/clean.ts';
import { contentId } from '../kit/content-id.ts';
import type { Emit } from './emit.ts';

interface Told {
  kind: string;
  severity: Severity;
  message: string;
  /** What makes it this one alert. */
  identity: readonly unknown[];
  groupKey?: string;
  instrument?: string | null;
  facts?: Alert['facts'];
  rawSeverity?: string;
  occurredAtMs?: number | null;
}

/** Tells the desk of something that a person should know. */
export function tellAlert({ backendId, now, emit }: Emit, told: Told): void {
  const { kind, severity, message, identity, rawSeverity = severity } = told;
  emit({
    type: 'alert',
    alert: {
      backendId,
      id: contentId([kind, ...identity]),
      kind,
      severity,
      rawSeverity,
      message: plainText(message, 1_000),
      groupKey: told.groupKey ?? contentId([kind, ...identity]),
      instrument: told.instrument ?? null,
      facts: (told.facts ?? []).slice(0, 20),
      occurredAtMs: told.occurredAtMs ?? null,
      receivedAtMs: now(),
      count: 1,
      acknowledgedAtMs: null,
    },
  });
}
