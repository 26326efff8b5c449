import { describe, expect, it } from 'vitest';

import { kindTone } from './kind-look.ts';

describe('the tone of a kind', () => {
  it('is red for a halt, a warning for its end, and calm for a kill switch that was found off', () => {
    expect(kindTone({ kind: 'kill-switch', severity: 'critical' })).toBe('danger');
    expect(kindTone({ kind: 'panic', severity: 'high' })).toBe('danger');
    expect(kindTone({ kind: 'kill-switch', severity: 'medium' })).toBe('warn');
    expect(kindTone({ kind: 'kill-switch', severity: null })).toBe('neutral');
  });
});
