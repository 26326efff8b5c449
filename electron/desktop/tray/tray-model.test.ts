import { afterEach, describe, expect, it } from 'vitest';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { untilWords } from '#shared/domain/attention/attention-verdict.ts';
import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { settings } from '#shared/domain/settings/settings.ts';
import { HOUR_MS } from '#shared/time.ts';
import { speak } from '#shared/words.ts';
import { aBackend, aKillSwitch, aLink, anAlert, anApproval } from '#shared/domain/testing/entries.ts';

import { createDesk } from '../../desk/desk.ts';
import { silentLogger } from '../../lib/logger.ts';
import { catalogueOf } from '../system/catalogue.ts';
import type { TrayAct, TrayItem, TrayModel } from './tray-model.ts';
import { trayModel } from './tray-model.ts';

const NOW = 1_800_000_000_000;

afterEach(() => speak('en', {}));

describe('the tray', () => {
  it('K10 is in the language of the desk, and PANIC has the same name and place in each', () => {
    const { desk, model } = start({ backends: [backend('main'), backend('other')] });
    speak('de', catalogueOf('de'));
    expect(model().items[0]).toMatchObject({
      label: 'PANIC',
      items: [{ label: 'Jetzt 2 Backends anhalten', act: { kind: 'panic' } }],
    });
    expect(model().tooltip).toContain('nichts zu tun');
    desk.dispatch({ type: 'panic', state: latched(['confirmed', 'offline']) });
    expect(model().items[0]).toMatchObject({ label: 'PANIC ist an: 1 von 2 Backends bestätigt' });
  });

  it('K10 offers PANIC first, in two gestures: its submenu, and the halt in it', () => {
    const { model } = start({ backends: [backend('main')] });
    const [panic] = model().items;
    expect(panic).toEqual({
      kind: 'submenu',
      label: 'PANIC',
      items: [{ kind: 'act', label: 'Halt 1 backend now', act: { kind: 'panic' } }],
    });
  });

  it('K16 counts practice among what it halts only when nothing real is connected', () => {
    const both = start({ backends: [backend('main'), backend('practice', true)] });
    expect(labels([both.model().items[0] ?? { kind: 'separator' }])).toEqual(['PANIC']);
    expect(JSON.stringify(both.model().items[0])).toContain('Halt 1 backend now');
    const practice = start({ backends: [backend('practice', true)] });
    expect(JSON.stringify(practice.model().items[0])).toContain('Halt 1 backend now');
  });

  it('K4 says while latched how many backends are confirmed, and counts an offline one as open', () => {
    const { desk, model } = start({ backends: [backend('main'), backend('other')] });
    desk.dispatch({ type: 'panic', state: latched(['confirmed', 'offline']) });
    expect(model().icon).toBe('killed');
    expect(model().items[0]).toMatchObject({ label: 'PANIC is on: 1 of 2 backends confirmed' });
    expect(model().tooltip).toContain('PANIC, not all confirmed');
    desk.dispatch({ type: 'panic', state: latched(['confirmed', 'confirmed']) });
    expect(model().tooltip).toContain('PANIC confirmed');
  });

  it('L4 counts what needs the person and clears when it was decided anywhere', () => {
    const { desk, model } = start({ backends: [backend('main')] });
    expect(model().tooltip).toContain('nothing needs you');
    desk.dispatch({ type: 'approval-proposed', approval: approval('a1') });
    expect(model()).toMatchObject({ icon: 'needs-you', tooltip: 'Quarterdeck · 1 thing needs you' });
    decidedElsewhere(desk, 'a1');
    expect(model().tooltip).toContain('nothing needs you');
  });

  it('A6 A2 offers only what is pending and not expired, the oldest first, five at most', () => {
    const { desk, model } = start({ backends: [backend('main')] });
    live(desk);
    for (let index = 0; index < 8; index += 1) {
      desk.dispatch({
        type: 'approval-proposed',
        approval: approval(`a${index}`, { createdAtMs: NOW - 10_000 + index }),
      });
    }
    desk.dispatch({
      type: 'approval-proposed',
      approval: approval('old', { createdAtMs: NOW - 2 * 3_600_000 }),
    });
    decidedElsewhere(desk, 'a0');
    const offered = acts(model().items).filter(
      (act) => act.kind === 'decide' && act.act === 'approval.approve',
    );
    expect(offered.map((act) => (act.kind === 'decide' ? act.approvalId : null))).toEqual([
      'a1',
      'a2',
      'a3',
      'a4',
      'a5',
    ]);
    expect(labels(model().items)).toContain('2 more');
  });

  it('A2 does not offer one whose place a newer one took', () => {
    const { desk, model } = start({ backends: [backend('main')] });
    live(desk);
    const same = { title: 'Buy the dip', groupKey: 'dip' };
    desk.dispatch({
      type: 'approval-proposed',
      approval: approval('old', { ...same, createdAtMs: NOW - 9_000 }),
    });
    desk.dispatch({ type: 'approval-proposed', approval: approval('new', same) });
    const offered = acts(model().items).flatMap((act) => (act.kind === 'decide' ? [act.approvalId] : []));
    expect([...new Set(offered)]).toEqual(['new']);
  });

  it('K3 while killed or stale it offers declining alone, marked as lowering risk, and says why', () => {
    const { desk, model, setNow } = start({ backends: [backend('main')] });
    live(desk);
    desk.dispatch({ type: 'approval-proposed', approval: approval('a1') });
    const offered = (): string[] => {
      const item = model().items.find((one) => 'label' in one && one.label === 'Buy a1');
      return item?.kind === 'submenu' ? labels(item.items) : [];
    };
    expect(offered()).toEqual(['Look at it', 'Approve', 'Decline']);
    const broken = { kind: 'connecting', sinceMs: NOW, attempt: 2 } as const;
    const stream = { ...link('main'), linkId: 'one', about: { thing: 'model', id: '1' } as const };
    desk.dispatch({ type: 'link-status', status: { ...stream, state: broken } });
    expect(offered()).toEqual(['Look at it', 'Approve', 'Decline']);
    setNow(NOW + 95_000);
    expect(offered()).toEqual(['Look at it', 'Approve: not now, data is stale', 'Decline (lowers risk)']);
    setNow(NOW);
    desk.dispatch({ type: 'panic', state: latched(['confirmed']) });
    expect(offered()).toEqual(['Look at it', 'Approve: not now, PANIC is on', 'Decline (lowers risk)']);
    const decided = acts(model().items).flatMap((act) => (act.kind === 'decide' ? [act.act] : []));
    expect(decided).toEqual(['approval.decline']);
  });

  it('A8 declines in one step beside approving', () => {
    const { desk, model } = start({ backends: [backend('main')] });
    desk.dispatch({ type: 'approval-proposed', approval: approval('a1') });
    expect(acts(model().items)).toContainEqual({
      kind: 'decide',
      act: 'approval.decline',
      backendId: 'main',
      approvalId: 'a1',
    });
  });

  it('L4 counts what needs the person over all backends, approvals or not, until it is dealt with anywhere', () => {
    const { desk, model } = start({ backends: [backend('main'), backend('other')] });
    desk.dispatch({ type: 'approval-proposed', approval: approval('a1') });
    desk.dispatch({
      type: 'alert',
      alert: anAlert({
        backendId: 'other',
        id: 'x',
        kind: 'ltv_warning',
        severity: 'critical',
        rawSeverity: 'critical',
        message: 'LTV is 71 %',
        groupKey: 'x',
        occurredAtMs: null,
        receivedAtMs: NOW,
      }),
    });
    expect(model().needed).toBe(2);
    desk.dispatch({ type: 'alert-acknowledged', alertKey: 'other/x', atMs: NOW });
    expect(model().needed).toBe(1);
    decidedElsewhere(desk, 'a1');
    expect(model().needed).toBe(0);
  });

  it('D4 draws a backend whose data is too old as stale, with its age', () => {
    const { desk, model, setNow } = start({ backends: [backend('main')] });
    desk.dispatch({ type: 'link-status', status: link('main') });
    expect(labels(model().items)).toContain('main: live');
    expect(model().icon).toBe('calm');
    setNow(NOW + 95_000);
    expect(labels(model().items)).toContain('main: STALE, data 1 min old');
    expect(model().icon).toBe('stale');
  });

  it('says nothing new while a person reads it and nothing happens', () => {
    const { desk, model, setNow } = start({ backends: [backend('main')] });
    desk.dispatch({ type: 'link-status', status: link('main') });
    const before = model();
    setNow(NOW + 20_000);
    expect(model()).toEqual(before);
  });

  it('marks practice wherever it shows', () => {
    const { desk, model } = start({ backends: [backend('main', true)] });
    desk.dispatch({ type: 'link-status', status: link('main') });
    desk.dispatch({ type: 'approval-proposed', approval: approval('a1') });
    expect(model().tooltip).toContain('PRACTICE');
    expect(labels(model().items).filter((label) => label.startsWith('PRACTICE · '))).toHaveLength(2);
    decidedElsewhere(desk, 'a1');
    expect(model().icon).toBe('practice');
  });

  it('shows what a bot wrote as one short line without a hidden shortcut', () => {
    const { desk, model } = start({ backends: [backend('main')] });
    desk.dispatch({
      type: 'approval-proposed',
      approval: approval('a1', { title: `Buy\n\n&Quit ${'x'.repeat(200)}` }),
    });
    const label = labels(model().items).find((text) => text.startsWith('Buy')) ?? '';
    expect(label.startsWith('Buy &&Quit x')).toBe(true);
    expect(label.length).toBeLessThanOrEqual(60);
  });
});

function start({ backends }: { backends: BackendConfig[] }) {
  const desk = createDesk(silentLogger);
  for (const config of backends) desk.dispatch({ type: 'backend-configured', config });
  let nowMs = NOW;
  const model = () => trayModel(desk, settings.parse({}), [], nowMs);
  return { desk, model, setNow: (ms: number) => void (nowMs = ms) };
}

function backend(id: string, practice = false): BackendConfig {
  const address = 'http://127.0.0.1:3001';
  return aBackend({ id, kind: 'coinruler', name: id, address, colour: '#4fd1a5', practice });
}

function approval(id: string, changed: Partial<Approval> = {}): Approval {
  return anApproval({
    backendId: 'main',
    id,
    quantity: '1',
    valueUsd: '100',
    priceThen: '100',
    title: `Buy ${id}`,
    reason: '',
    proposer: null,
    createdAtMs: NOW - 1_000,
    receivedAtMs: NOW - 1_000,
    groupKey: id,
    ...changed,
  });
}

function link(backendId: string): LinkStatus {
  return aLink({
    backendId,
    label: 'Live',
    state: { kind: 'live', sinceMs: NOW },
    receivedAtMs: NOW,
    dataAtMs: NOW,
    staleAfterMs: 60_000,
  });
}

function latched(states: ('confirmed' | 'offline')[]) {
  const targets = states.map((state, index) => ({
    backendId: index === 0 ? 'main' : 'other',
    state,
    detail: '',
    requestedAtMs: NOW,
    settledAtMs: null,
    reasserted: 0,
  }));
  return {
    kind: 'latched' as const,
    id: 'p1',
    sinceMs: NOW,
    presses: 1,
    origin: 'tray',
    durable: true,
    targets,
  };
}

describe('mute', () => {
  const modelWith = (attentionPolicy: object, attention: object = {}) =>
    trayModel(createDesk(silentLogger), settings.parse({ attentionPolicy, attention }), [], NOW);
  const muteActs = (model: TrayModel) => acts(model.items).filter((act) => act.kind === 'mute');

  it('is offered for an hour, and taken back where it holds, with the time at which it ends', () => {
    const loud = modelWith({});
    expect(labels(loud.items)).toContain('Mute for an hour');
    expect(muteActs(loud)).toEqual([{ kind: 'mute', on: true }]);
    const muted = modelWith({ muteUntilMs: NOW + HOUR_MS });
    const words = `Muted until ${untilWords(NOW + HOUR_MS, NOW)}`;
    expect(labels(muted.items)).toContain(`${words}: unmute`);
    expect(muteActs(muted)).toEqual([{ kind: 'mute', on: false }]);
    expect(muted.tooltip).toContain(words);
  });

  it('that has ended is none', () => {
    expect(muteActs(modelWith({ muteUntilMs: NOW }))).toEqual([{ kind: 'mute', on: true }]);
  });

  it('is seen in the picture, as are quiet hours and a sound that is switched off', () => {
    const quietHours = { enabled: true, from: '00:00', to: '00:00' };
    expect(modelWith({}).muted).toBe(false);
    expect(modelWith({ muteUntilMs: NOW }).muted).toBe(false);
    expect(modelWith({ muteUntilMs: NOW + 1 }).muted).toBe(true);
    expect(modelWith({ quietHours }).muted).toBe(true);
    expect(modelWith({}, { sound: false }).muted).toBe(true);
  });

  it('quiet hours that hold now are named', () => {
    const quietHours = { enabled: true, from: '00:00', to: '00:00' };
    expect(labels(modelWith({ quietHours }).items)).toContain('Quiet hours, 00:00 to 00:00.');
  });
});

/** Its data is fresh, and it is known not to be halted. */
function live(desk: ReturnType<typeof createDesk>): void {
  desk.dispatch({ type: 'link-status', status: link('main') });
  desk.dispatch({
    type: 'kill-switch',
    killSwitch: aKillSwitch({ backendId: 'main', setBy: null, changedAtMs: null, readAtMs: NOW }),
  });
}

function decidedElsewhere(desk: ReturnType<typeof createDesk>, approvalId: string): void {
  desk.dispatch({
    type: 'approval-status',
    backendId: 'main',
    approvalId,
    status: 'declined',
    rawStatus: null,
    decidedBy: 'another client',
    decidedHere: false,
    occurredAtMs: NOW,
    receivedAtMs: NOW,
  });
}

function acts(items: readonly TrayItem[]): TrayAct[] {
  return items.flatMap((item) =>
    item.kind === 'submenu' ? acts(item.items) : 'act' in item ? [item.act] : [],
  );
}

function labels(items: readonly TrayItem[]): string[] {
  return items.flatMap((item) => ('label' in item ? [item.label] : []));
}
