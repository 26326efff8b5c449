import { describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import { attentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import { anAlert } from '#shared/domain/testing/entries.ts';

import { urgentAlerts } from './urgent-alerts.ts';

const alert = (id: string, change: Partial<Alert> = {}): Alert =>
  anAlert({
    backendId: 'one',
    id,
    kind: 'whale',
    severity: 'high',
    rawSeverity: 'high',
    message: '',
    groupKey: id,
    occurredAtMs: null,
    receivedAtMs: 10,
    ...change,
  });

describe('the deck', () => {
  it('shows the gravest alert first and leaves out what was acknowledged or is not urgent', () => {
    const shown = urgentAlerts(
      [
        alert('new-high', { receivedAtMs: 9 }),
        alert('critical', { severity: 'critical', receivedAtMs: 1 }),
        alert('seen', { severity: 'critical', acknowledgedAtMs: 3 }),
        alert('medium', { severity: 'medium' }),
        alert('old-high', { receivedAtMs: 2 }),
      ],
      attentionPolicySettings.parse({}),
      10,
    );
    expect(shown.map(({ id }) => id)).toEqual(['critical', 'new-high', 'old-high']);
  });
});
