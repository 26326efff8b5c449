import { describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { aBackend, anAlert } from '#shared/domain/testing/entries.ts';

import { missingSources } from './missing-sources.ts';

const kind = (name: string, alertsWithoutSource: string[]): BackendKindDescriptor => ({
  kind: name,
  label: name,
  summary: '',
  addressPlaceholder: '',
  secrets: [],
  panic: { supported: false, does: [], doesNot: [], byHand: '' },
  reads: [],
  acts: [],
  chat: null,
  alertsWithoutSource,
});
const backend = (id: string, kindName: string, practice = false, enabled = true): BackendConfig =>
  aBackend({
    id,
    kind: kindName,
    name: id,
    address: 'http://localhost:1',
    colour: '#000000',
    practice,
    enabled,
  });
const kinds = new Map([
  ['deaf', kind('deaf', ['whale', 'fraud'])],
  ['half', kind('half', ['fraud'])],
]);
const whale = (backendId: string): Alert =>
  anAlert({
    backendId,
    id: 'a',
    kind: 'whale',
    severity: 'high',
    rawSeverity: 'high',
    message: '',
    groupKey: '',
    occurredAtMs: null,
    receivedAtMs: 1,
  });

describe('kinds of alert without a source', () => {
  it('names what no connected backend sends', () => {
    expect(missingSources([backend('a', 'deaf')], kinds, []).kinds).toEqual(['whale', 'fraud']);
    expect(missingSources([backend('a', 'deaf'), backend('b', 'half')], kinds, []).kinds).toEqual(['fraud']);
  });

  it('does not count a backend that is switched off as a source', () => {
    expect(
      missingSources([backend('a', 'deaf'), backend('b', 'half', false, false)], kinds, []).kinds,
    ).toHaveLength(2);
  });

  it('does not let the practice market stand in for a real one', () => {
    const backends = [backend('a', 'deaf'), backend('p', 'half', true)];
    expect(missingSources(backends, kinds, [whale('p')]).kinds).toEqual(['whale', 'fraud']);
  });

  it('counts a kind as watched as soon as a real backend sent one', () => {
    expect(missingSources([backend('a', 'deaf')], kinds, [whale('a')]).kinds).toEqual(['fraud']);
  });

  it('claims nothing about the practice desk alone', () => {
    expect(missingSources([backend('p', 'deaf', true)], kinds, []).kinds).toEqual([]);
  });

  it('claims nothing where nothing is connected', () => {
    expect(missingSources([], kinds, []).kinds).toEqual([]);
  });
});
