// @vitest-environment happy-dom
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Notice } from '#shared/domain/attention/attention.ts';
import { PANIC_NOTICE } from '#shared/domain/attention/panic-notice.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';

import { acknowledge } from '../stores/acknowledge.ts';
import { useDeskStore } from '../stores/desk.ts';
import { useToasts } from '../stores/toasts.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { Notices } from './notices.tsx';

let root: Root;
let tellNotice: (notice: Notice) => void;

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const listeners = new Map<string, (payload: never) => void>();
  vi.stubGlobal('quarterdeck', {
    request: async () => ({ ok: true, value: null }),
    on(name: string, listener: (payload: never) => void) {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
  });
  tellNotice = (notice) => act(() => listeners.get('attention.notice')?.(notice as never));
  root = createRoot(document.createElement('div'));
  await act(async () =>
    root.render(
      <TooltipProvider>
        <Notices />
      </TooltipProvider>,
    ),
  );
});

afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
  useToasts.setState({ toasts: [] });
  useDeskStore.setState(useDeskStore.getInitialState());
});

it('while the board of PANIC stands in the window, its notice does not repeat it', () => {
  panicIs(latched);
  tellNotice(panicNotice('PANIC was pressed'));
  expect(toldTitles()).toEqual([]);
});

it('a notice of PANIC goes when its board comes', () => {
  tellNotice(panicNotice('PANIC was pressed'));
  expect(toldTitles()).toEqual(['PANIC was pressed']);
  panicIs(latched);
  expect(toldTitles()).toEqual([]);
});

it('that PANIC is being ended, and that it is over, is told beside the board', () => {
  panicIs({ ...latched, resuming: true });
  tellNotice(panicNotice('PANIC is ending'));
  panicIs({ kind: 'clear' });
  expect(toldTitles()).toEqual(['PANIC is ending']);
});

it('while the board of PANIC stands, everything else is told as ever', () => {
  panicIs(latched);
  tellNotice({ ...panicNotice('The link is down'), key: 'link/bot' });
  expect(toldTitles()).toEqual(['The link is down']);
});

it('the notice of an alert goes when that alert is acknowledged anywhere in the window, not those of others', () => {
  const told = (alertKey: string): Notice => ({
    ...panicNotice(alertKey),
    key: `alert/${alertKey}`,
    destination: { place: 'alerts', itemId: alertKey },
  });
  tellNotice(told('bot/1'));
  tellNotice(told('bot/2'));
  act(() => acknowledge(['bot/1']));
  expect(toldTitles()).toEqual(['bot/2', 'Alert acknowledged']);
});

const latched: PanicState & { kind: 'latched' } = {
  kind: 'latched',
  id: 'one',
  sinceMs: 1_800_000_000_000,
  presses: 1,
  origin: 'tray',
  durable: true,
  targets: [],
};

function panicIs(state: PanicState): void {
  const { slices } = useDeskStore.getState();
  act(() => useDeskStore.setState({ slices: { ...slices, panic: new Map([['panic', state]]) } }));
}

function panicNotice(title: string): Notice {
  return {
    key: PANIC_NOTICE,
    backendId: null,
    title,
    body: '',
    severity: 'critical',
    sound: null,
    destination: { place: 'deck', itemId: null },
    approvalKey: null,
  };
}

function toldTitles(): string[] {
  return useToasts.getState().toasts.map(({ title }) => title);
}
