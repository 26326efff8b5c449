import type { Alert } from '#shared/domain/alert.ts';

/** The end of a run, as an alert: it failed, or it is complete. */
export function mapEnd(end: {
  backendId: string;
  id: string;
  failed: boolean;
  modelId: string;
  modelName: string | null;
  reason: string | null;
  facts: Alert['facts'];
  serverTime: string | null;
  nowMs: number;
}): Alert {
  const name = end.modelName ?? `Model ${end.modelId}`;
  const what = end.failed ? 'failed' : 'completed its run';
  const kind = end.failed ? 'run_failed' : 'run_complete';
  const serverTime = end.serverTime === null ? [] : [{ name: 'server time', value: end.serverTime }];
  return {
    backendId: end.backendId,
    id: `${kind}-${end.id}`,
    kind,
    severity: end.failed ? 'high' : 'medium',
    rawSeverity: end.failed ? 'error' : 'complete',
    message: end.reason === null || end.reason === '' ? `${name} ${what}.` : `${name} ${what}: ${end.reason}`,
    groupKey: `${kind}:${end.modelId}`,
    instrument: null,
    facts: [{ name: 'model', value: name }, ...serverTime, ...end.facts].slice(0, 20),
    occurredAtMs: null,
    receivedAtMs: end.nowMs,
    count: 1,
    acknowledgedAtMs: null,
  };
}
