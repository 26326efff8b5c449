import { beforeEach, describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import { HOUR_MS } from '#shared/time.ts';

import { silentLogger } from '../lib/logger.ts';
import { ALERTS_KEPT } from './bounds.ts';
import { createDesk } from './desk.ts';
import type { DeskPort } from './port.ts';
import { anAlert, START_MS } from '#shared/domain/testing/entries.ts';

let desk: DeskPort;
beforeEach(() => {
  desk = createDesk(silentLogger);
});

const raise = (given: Partial<Alert> = {}): void => desk.dispatch({ type: 'alert', alert: anAlert(given) });
const acknowledge = (id: string): void =>
  desk.dispatch({ type: 'alert-acknowledged', alertKey: `alpha/${id}`, atMs: START_MS + 5 });
const alert = (id: string): Alert | undefined => desk.get('alerts', `alpha/${id}`);
const times = (ms: number): Partial<Alert> => ({ occurredAtMs: START_MS + ms, receivedAtMs: START_MS + ms });

describe('repeats of the same alert', () => {
  it('are one row with a count, which says what the newest says and is as severe as the worst', () => {
    raise({ id: 'a1', severity: 'high', rawSeverity: 'high', message: 'first' });
    raise({ id: 'a2', message: 'second', ...times(1_000) });
    expect(desk.size('alerts')).toBe(1);
    expect(alert('a1')).toMatchObject({
      count: 2,
      message: 'second',
      severity: 'high',
      occurredAtMs: START_MS + 1_000,
    });
  });

  it('D3 keep the newer words when an older one arrives late', () => {
    raise({ id: 'a1', message: 'newer', ...times(1_000) });
    raise({ id: 'a0', message: 'older', occurredAtMs: START_MS, receivedAtMs: START_MS + 2_000 });
    expect(alert('a1')).toMatchObject({ count: 2, message: 'newer' });
  });

  it('are news again once the row was acknowledged', () => {
    raise({ id: 'a1' });
    acknowledge('a1');
    raise({ id: 'a2', ...times(1_000) });
    expect(alert('a1')).toMatchObject({ count: 1, acknowledgedAtMs: START_MS + 5 });
    expect(alert('a2')).toMatchObject({ count: 1, acknowledgedAtMs: null });
  });

  it('are news again after an hour of silence', () => {
    raise({ id: 'a1' });
    raise({ id: 'a2', ...times(HOUR_MS + 1) });
    expect(desk.size('alerts')).toBe(2);
  });

  it('of another backend are another row', () => {
    raise({ id: 'a1' });
    raise({ backendId: 'beta', id: 'a2' });
    expect(desk.size('alerts')).toBe(2);
  });

  it('D3 are counted once whatever is replayed, also when they were counted into another row', () => {
    raise({ id: 'a1' });
    raise({ id: 'a2', ...times(10) });
    raise({ id: 'a1' });
    raise({ id: 'a2', ...times(10) });
    expect(alert('a1')?.count).toBe(2);
  });
});

describe('acknowledging', () => {
  it('happens once and ignores what is not there', () => {
    raise({ id: 'a1' });
    acknowledge('a1');
    desk.dispatch({ type: 'alert-acknowledged', alertKey: 'alpha/a1', atMs: START_MS + 99 });
    acknowledge('missing');
    expect(alert('a1')?.acknowledgedAtMs).toBe(START_MS + 5);
    expect(desk.size('alerts')).toBe(1);
  });
});

describe('D7 bounds', () => {
  it('lets go of what was dealt with and of what matters little before what is severe and open', () => {
    raise({ id: 'critical', groupKey: 'critical', severity: 'critical' });
    raise({ id: 'dealt-with', groupKey: 'dealt-with', severity: 'critical' });
    acknowledge('dealt-with');
    for (let index = 0; index < ALERTS_KEPT + 10; index += 1)
      raise({ id: `n${index}`, groupKey: `g${index}` });
    expect(desk.size('alerts')).toBeLessThanOrEqual(ALERTS_KEPT);
    expect(alert('critical')).toBeDefined();
    expect(alert('dealt-with')).toBeUndefined();
  });

  it('holds even when everything is severe and open', () => {
    for (let index = 0; index < ALERTS_KEPT * 2; index += 1) {
      raise({ id: `n${index}`, groupKey: `g${index}`, severity: 'critical' });
    }
    expect(desk.size('alerts')).toBeLessThanOrEqual(ALERTS_KEPT);
    expect(alert(`n${ALERTS_KEPT * 2 - 1}`)).toBeDefined();
  });
});
