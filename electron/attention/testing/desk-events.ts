import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { KillSwitch, PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import type { LinkState } from '#shared/domain/backends/link.ts';
import { aBackend, aKillSwitch, aLink, anAlert, anApproval } from '#shared/domain/testing/entries.ts';

import { START_MS } from './hub-bench.ts';

const config = (id: string, rest: Partial<BackendConfig> = {}): BackendConfig =>
  aBackend({ id, kind: 'coinruler', name: `Bot ${id}`, ...rest });

export const configured = (id: string, rest: Partial<BackendConfig> = {}): DeskEvent => ({
  type: 'backend-configured',
  config: config(id, rest),
});

export const approval = (id: string, rest: Partial<Approval> = {}): Approval =>
  anApproval({
    backendId: 'a',
    id,
    side: 'sell',
    quantity: '0.1',
    valueUsd: '5000',
    priceThen: '50000',
    title: `Sell ${id}`,
    reason: 'target reached',
    proposer: 'rule',
    groupKey: id,
    ...rest,
  });

export const proposed = (id: string, rest: Partial<Approval> = {}): DeskEvent => ({
  type: 'approval-proposed',
  approval: approval(id, rest),
});

export const listed = (backendId: string, approvals: Approval[], readAtMs = START_MS): DeskEvent => ({
  type: 'approvals-read',
  backendId,
  approvals,
  complete: true,
  readAtMs,
});

export const decided = (approvalId: string, status: Approval['status'] = 'approved'): DeskEvent => ({
  type: 'approval-status',
  backendId: 'a',
  approvalId,
  status,
  rawStatus: null,
  decidedBy: 'somebody',
  decidedHere: false,
  occurredAtMs: null,
  receivedAtMs: START_MS + 1,
});

export const link = (state: LinkState, backendId = 'a'): DeskEvent => ({
  type: 'link-status',
  status: aLink({ backendId, state, receivedAtMs: null, dataAtMs: null, staleAfterMs: 60_000, received: 0 }),
});
export const live = (backendId = 'a'): DeskEvent => link({ kind: 'live', sinceMs: START_MS }, backendId);

export const alert = (id: string, rest: Partial<Alert> = {}): DeskEvent => ({
  type: 'alert',
  alert: anAlert({
    backendId: 'a',
    id,
    kind: 'ltv_warning',
    severity: 'high',
    rawSeverity: 'high',
    message: `message ${id}`,
    groupKey: id,
    ...rest,
  }),
});

let reads = 0;
export const halt = (enabled: boolean | null, setBy: string | null, backendId = 'a'): DeskEvent => {
  reads += 1;
  const killSwitch: KillSwitch = aKillSwitch({
    backendId,
    enabled,
    reason: 'because',
    setBy,
    changedAtMs: START_MS + reads,
    readAtMs: START_MS + reads,
  });
  return { type: 'kill-switch', killSwitch };
};

export const target = (state: PanicTarget['state'], rest: Partial<PanicTarget> = {}): PanicTarget => ({
  backendId: 'a',
  state,
  detail: `detail ${state}`,
  requestedAtMs: START_MS,
  settledAtMs: null,
  reasserted: 0,
  ...rest,
});

export const panic = (targets: PanicTarget[], sinceMs = START_MS): DeskEvent => ({
  type: 'panic',
  state: { kind: 'latched', id: 'panic-1', sinceMs, presses: 1, origin: 'window', durable: true, targets },
});
export const clear: DeskEvent = { type: 'panic', state: { kind: 'clear' } };
