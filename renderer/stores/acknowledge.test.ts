// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Alert } from '#shared/domain/alerts/alert.ts';

import { acknowledge, asLeft, usePendingAcknowledgements } from './acknowledge.ts';
import { useDeskStore } from './desk.ts';
import { toast, useToasts } from './toasts.ts';

const KEY = 'bot/1';
let answer: (failed: boolean) => void;
let asked: unknown[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('quarterdeck', {
    request: (name: string, params: unknown) => {
      asked.push([name, params]);
      return new Promise((resolve) => {
        answer = (failed) =>
          resolve(
            failed ? { ok: false, error: { code: 'failed', message: 'No' } } : { ok: true, value: null },
          );
      });
    },
  });
  deskSays(null);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  useToasts.setState({ toasts: [] });
  usePendingAcknowledgements.setState(new Set(), true);
  useDeskStore.setState(useDeskStore.getInitialState());
});

it('what is acknowledged counts as acknowledged at once, and the desk is told when it can no longer be taken back', () => {
  acknowledge([KEY]);
  expect(isOpen()).toBe(false);
  expect(asked).toEqual([]);
  endUndo();
  expect(asked).toEqual([['alerts.acknowledge', { alertKeys: [KEY] }]]);
});

it('between the answer of the desk and its news the alert is not open once more', async () => {
  vi.useFakeTimers();
  acknowledge([KEY]);
  endUndo();
  answer(false);
  // All that the answer sets going without anything else from outside has happened.
  await vi.advanceTimersByTimeAsync(0);
  expect(isOpen()).toBe(false);
  deskSays(1_800_000_000_500);
  expect(isOpen()).toBe(false);
  expect(usePendingAcknowledgements.getState().size).toBe(0);
});

it('taken back it is open again and the desk hears nothing; so it is, with a word, where the desk refuses', async () => {
  acknowledge([KEY]);
  useToasts.getState().toasts[0]?.action?.onClick();
  expect(isOpen()).toBe(true);
  expect(asked).toEqual([]);

  acknowledge([KEY]);
  endUndo();
  answer(true);
  await expect.poll(isOpen).toBe(true);
  expect(useToasts.getState().toasts.map(({ title }) => title)).toContain('The alerts are still open');
});

function endUndo(): void {
  const [told] = useToasts.getState().toasts.slice(-1);
  told?.onAutoClose?.();
  if (told !== undefined) toast.dismiss(told.id);
}

function isOpen(): boolean {
  const { slices } = useDeskStore.getState();
  return [...asLeft(slices.alerts, usePendingAcknowledgements.getState())].some(
    (alert) => alert.acknowledgedAtMs === null,
  );
}

function deskSays(acknowledgedAtMs: number | null): void {
  const { slices } = useDeskStore.getState();
  useDeskStore.setState({
    slices: { ...slices, alerts: new Map([[KEY, { ...ALERT, acknowledgedAtMs }]]) },
  });
}

const ALERT: Alert = {
  backendId: 'bot',
  id: '1',
  kind: 'ltv_warning',
  severity: 'critical',
  rawSeverity: 'critical',
  message: 'LTV is 71 %',
  groupKey: 'ltv_warning|LTV is # %',
  instrument: null,
  facts: [],
  occurredAtMs: 1_800_000_000_000,
  receivedAtMs: 1_800_000_000_000,
  count: 1,
  acknowledgedAtMs: null,
};
