import type { Alert } from '#shared/domain/alerts/alert.ts';

export type Outcome = 'completed' | 'failed' | 'gone';

const WORDS: Readonly<Record<Outcome, Pick<Alert, 'kind' | 'severity' | 'rawSeverity'> & { what: string }>> =
  {
    completed: {
      what: 'completed its run',
      kind: 'run_complete',
      severity: 'medium',
      rawSeverity: 'complete',
    },
    failed: { what: 'failed', kind: 'run_failed', severity: 'high', rawSeverity: 'error' },
    gone: { what: 'no longer runs', kind: 'run_gone', severity: 'medium', rawSeverity: 'gone' },
  };

/** The end of a run, as an alert: it failed, it is complete, or it was taken away. */
export function mapEnd(end: {
  backendId: string;
  id: string;
  outcome: Outcome;
  modelId: string;
  modelName: string | null;
  reason: string | null;
  facts: Alert['facts'];
  serverTime: string | null;
  nowMs: number;
}): Alert {
  const name = end.modelName ?? `Model ${end.modelId}`;
  const { what, ...kind } = WORDS[end.outcome];
  const serverTime = end.serverTime === null ? [] : [{ name: 'server time', value: end.serverTime }];
  return {
    backendId: end.backendId,
    ...kind,
    id: `${kind.kind}-${end.id}`,
    message: end.reason === null || end.reason === '' ? `${name} ${what}.` : `${name} ${what}: ${end.reason}`,
    groupKey: `${kind.kind}:${end.modelId}`,
    instrument: null,
    facts: [{ name: 'model', value: name }, ...serverTime, ...end.facts].slice(0, 20),
    occurredAtMs: null,
    receivedAtMs: end.nowMs,
    count: 1,
    acknowledgedAtMs: null,
  };
}
