import { describe, expect, it } from 'vitest';

import type { Alert } from '#shared/domain/alert.ts';
import type { Approval } from '#shared/domain/approval.ts';
import type { Notice, NoticeOutcome } from '#shared/domain/attention.ts';
import type { BackendConfig } from '#shared/domain/backend.ts';
import type { DeskEvent } from '#shared/domain/desk.ts';
import type { KillSwitch, PanicTarget } from '#shared/domain/kill-switch.ts';
import type { LinkState } from '#shared/domain/link.ts';
import type { AttentionPolicySettings } from '#shared/domain/attention-policy.ts';
import type { AttentionSettings, Settings } from '#shared/domain/settings.ts';
import { settings as settingsSchema } from '#shared/domain/settings.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { createDesk } from '../desk/desk.ts';
import { aFeedEntry, feedEvent } from '../desk/testing/feed-entries.ts';
import type { JournalRecord } from '../journal/port.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { redact } from '../lib/redact.ts';
import { createAttentionHub } from './hub.ts';
import type { NoticeChannel, SoundRequest } from './port.ts';

const START_MS = 1_800_000_000_000;

/** A desk, and channels that note what they are given; the window answers sounds unless it is told not to. */
function createBench(
  options: { native?: NoticeChannel | null; window?: boolean; mute?: boolean; spare?: boolean } = {},
) {
  const clock = createManualClock(START_MS);
  const desk = createDesk(silentLogger);
  const attention: AttentionSettings = { notifications: true, sound: true, volume: 0.5 };
  let stored: Settings = { ...settingsSchema.parse({}), attention };
  const settings = () => stored;
  const listeners = new Set<(changed: Settings) => void>();
  const bench = {
    clock,
    desk,
    attention,
    setPolicy(change: Partial<AttentionPolicySettings>) {
      stored = { ...stored, attentionPolicy: { ...stored.attentionPolicy, ...change } };
      for (const listener of listeners) listener(stored);
    },
    unacknowledged: [] as boolean[],
    spareSounds: [] as SoundRequest[],
    withdrawnInApp: [] as string[],
    window: options.window ?? true,
    answersSounds: !(options.mute ?? false),
    native: [] as Notice[],
    outbound: [] as Notice[],
    outboundWithdrawn: [] as string[],
    withdrawn: [] as string[],
    inApp: [] as Notice[],
    flashes: 0,
    sounds: [] as DeskPushes['attention.play-sound'][],
    journal: [] as JournalRecord[],
    titles: () => bench.native.map((notice) => notice.title),
    outcomes: (index = -1) => {
      const data = bench.journal.at(index)?.data as { outcomes: NoticeOutcome[] } | undefined;
      return Object.fromEntries((data?.outcomes ?? []).map((item) => [item.channel, item]));
    },
    dispatch: (...events: DeskEvent[]) => events.forEach((event) => desk.dispatch(event)),
  };
  const native: NoticeChannel = {
    async deliver(notice) {
      bench.native.push(notice);
      return { channel: 'native', result: 'shown', reason: null };
    },
    withdraw: (key) => void bench.withdrawn.push(key),
  };
  function push<N extends PushName>(name: N, payload: DeskPushes[N]): boolean {
    if (!bench.window) return false;
    record(name, payload);
    return true;
  }
  function record(name: PushName, payload: unknown): void {
    if (name === 'attention.notice') bench.inApp.push(payload as Notice);
    if (name === 'attention.withdrawn')
      bench.withdrawnInApp.push(...(payload as DeskPushes['attention.withdrawn']).noticeKeys);
    if (name !== 'attention.play-sound') return;
    const request = payload as DeskPushes['attention.play-sound'];
    bench.sounds.push(request);
    if (bench.answersSounds) queueMicrotask(() => hub.soundPlayed(request.playId, null));
  }
  const hub = createAttentionHub({
    desk,
    settings: {
      get: settings,
      onChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    spareSound:
      options.spare !== true
        ? null
        : (request) => {
            bench.spareSounds.push(request);
            queueMicrotask(() => hub.soundPlayed(request.playId, null));
            return true;
          },
    flash: () => void (bench.flashes += 1),
    journal: { append: (entry) => void bench.journal.push(entry) },
    clock,
    log: silentLogger,
    push,
    native: options.native === undefined ? native : options.native,
    outbound: {
      offer: (notice, unacknowledged) => {
        bench.outbound.push(notice);
        bench.unacknowledged.push(unacknowledged ?? false);
      },
      withdraw: (key) => void bench.outboundWithdrawn.push(key),
    },
  });
  return Object.assign(bench, { hub });
}

const config = (id: string, rest: Partial<BackendConfig> = {}): BackendConfig => ({
  id,
  kind: 'coinruler',
  name: `Bot ${id}`,
  address: 'http://127.0.0.1:3001',
  colour: '#336699',
  practice: false,
  enabled: true,
  allowPlainHttp: false,
  ...rest,
});

const configured = (id: string, rest: Partial<BackendConfig> = {}): DeskEvent => ({
  type: 'backend-configured',
  config: config(id, rest),
});

const approval = (id: string, rest: Partial<Approval> = {}): Approval => ({
  backendId: 'a',
  id,
  status: 'pending',
  rawStatus: null,
  side: 'sell',
  instrument: 'BTC',
  quantity: '0.1',
  allocationPct: null,
  valueUsd: '5000',
  priceThen: '50000',
  title: `Sell ${id}`,
  reason: 'target reached',
  riskNotes: [],
  proposer: 'rule',
  createdAtMs: START_MS,
  receivedAtMs: START_MS,
  expiresAtMs: null,
  decidedAtMs: null,
  decidedBy: null,
  decidedHere: false,
  groupKey: id,
  executable: true,
  ...rest,
});

const proposed = (id: string, rest: Partial<Approval> = {}): DeskEvent => ({
  type: 'approval-proposed',
  approval: approval(id, rest),
});

const listed = (backendId: string, approvals: Approval[], readAtMs = START_MS): DeskEvent => ({
  type: 'approvals-read',
  backendId,
  approvals,
  complete: true,
  readAtMs,
});

const decided = (approvalId: string, status: Approval['status'] = 'approved'): DeskEvent => ({
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

const link = (state: LinkState, backendId = 'a'): DeskEvent => ({
  type: 'link-status',
  status: {
    backendId,
    linkId: 'live',
    label: 'Live events',
    state,
    receivedAtMs: null,
    dataAtMs: null,
    staleAfterMs: 60_000,
    reconnections: 0,
    received: 0,
    rejected: 0,
    perMinute: 0,
    latency: null,
    rejectedSamples: [],
    budget: null,
  },
});
const live = (backendId = 'a'): DeskEvent => link({ kind: 'live', sinceMs: START_MS }, backendId);

const alert = (id: string, rest: Partial<Alert> = {}): DeskEvent => ({
  type: 'alert',
  alert: {
    backendId: 'a',
    id,
    kind: 'ltv_warning',
    severity: 'high',
    rawSeverity: 'high',
    message: `message ${id}`,
    groupKey: id,
    instrument: null,
    facts: [],
    occurredAtMs: START_MS,
    receivedAtMs: START_MS,
    count: 1,
    acknowledgedAtMs: null,
    ...rest,
  },
});

let reads = 0;
const halt = (enabled: boolean | null, setBy: string | null, backendId = 'a'): DeskEvent => {
  reads += 1;
  const killSwitch: KillSwitch = {
    backendId,
    enabled,
    reason: 'because',
    setBy,
    changedAtMs: START_MS + reads,
    readAtMs: START_MS + reads,
  };
  return { type: 'kill-switch', killSwitch };
};

const target = (state: PanicTarget['state'], rest: Partial<PanicTarget> = {}): PanicTarget => ({
  backendId: 'a',
  state,
  detail: `detail ${state}`,
  requestedAtMs: START_MS,
  settledAtMs: null,
  reasserted: 0,
  ...rest,
});

const panic = (targets: PanicTarget[], sinceMs = START_MS): DeskEvent => ({
  type: 'panic',
  state: { kind: 'latched', id: 'panic-1', sinceMs, presses: 1, origin: 'window', durable: true, targets },
});
const clear: DeskEvent = { type: 'panic', state: { kind: 'clear' } };

describe('approvals', () => {
  it('a new proposal is told once, with what the buttons decide about', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      live(),
      proposed('1'),
      proposed('1'),
      listed('a', [approval('1')], START_MS + 5),
    );
    await bench.clock.advance(60_000);
    expect(bench.native).toMatchObject([
      {
        title: 'Bot a: Sell 1',
        body: 'target reached',
        sound: 'approval',
        severity: 'medium',
        approvalKey: 'a/1',
        destination: { place: 'approvals', itemId: 'a/1' },
      },
    ]);
    expect(bench.sounds).toMatchObject([{ sound: 'approval', volume: 0.5 }]);
  });

  it('what the first list held is one summary, and what comes later is news', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), listed('a', [approval('1'), approval('2'), approval('3')]), live());
    bench.dispatch(listed('a', [approval('1'), approval('2'), approval('3'), approval('4')], START_MS + 5));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['3 approvals wait', 'Bot a: Sell 4']);
    expect(bench.native[0]?.approvalKey).toBeNull();
  });

  it('an empty first list makes the next proposal news, however it arrives', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), listed('a', []), live(), listed('a', [approval('1')], START_MS + 5));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['Bot a: Sell 1']);
  });

  it.each([
    ['decided elsewhere', decided('1')],
    ['declined', decided('1', 'declined')],
    ['executed', decided('1', 'executed')],
    ['gone from the list', listed('a', [], START_MS + 9)],
    ['taken away with its backend', { type: 'backend-removed', backendId: 'a' } as const],
  ])('A6 one that was %s is withdrawn', async (_how, event) => {
    const bench = createBench();
    bench.dispatch(configured('a'), live(), proposed('1'));
    bench.dispatch(event);
    await bench.clock.advance(0);
    expect(bench.withdrawn).toContain(bench.native[0]?.key);
    expect(bench.outbound).toEqual(bench.native);
    expect(bench.outboundWithdrawn).toContain(bench.native[0]?.key);
  });

  it('A6 the summary goes when the last of its approvals is decided, not before', () => {
    const bench = createBench();
    bench.dispatch(configured('a'), listed('a', [approval('1'), approval('2')]), decided('1'));
    expect(bench.withdrawn).not.toContain('approvals-waiting/real');
    bench.dispatch(decided('2'));
    expect(bench.withdrawn).toContain('approvals-waiting/real');
  });

  it('L3 a flood that says the same thing is one notice with a count, and no buttons', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), live());
    for (let number = 1; number <= 40; number += 1) {
      bench.dispatch(proposed(`${number}`, { groupKey: 'same', title: 'Sell BTC' }));
    }
    await bench.clock.advance(10_000);
    expect(bench.titles()).toEqual(['Bot a: Sell BTC', 'Bot a: 40 proposals alike, Sell BTC']);
    expect(new Set(bench.native.map((notice) => notice.key)).size).toBe(1);
    expect(bench.native[1]?.approvalKey).toBeNull();
  });

  it('L3 a burst of different ones is the first at once and the rest as one with their number', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), live());
    for (let number = 1; number <= 12; number += 1) bench.dispatch(proposed(`${number}`));
    await bench.clock.advance(10_000);
    expect(bench.titles()).toEqual(['Bot a: Sell 1', 'Bot a: 11 more proposals']);
    expect(bench.native[1]).toMatchObject({ body: 'Sell 2 · Sell 3 · Sell 4', approvalKey: null });
    expect(bench.sounds).toHaveLength(2);
  });

  it('A6 one that is decided while it waits in a burst is never shown; the joined notice goes with its last', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      live(),
      proposed('1'),
      proposed('2'),
      proposed('3'),
      proposed('4'),
      decided('2'),
    );
    await bench.clock.advance(10_000);
    expect(bench.titles()).toEqual(['Bot a: Sell 1', 'Bot a: 2 more proposals']);
    bench.dispatch(decided('3'));
    expect(bench.withdrawn).not.toContain(bench.native[1]?.key);
    bench.dispatch(decided('4'));
    expect(bench.withdrawn).toContain(bench.native[1]?.key);
  });

  it('those of another backend are a burst of their own', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), configured('b'), live('a'), live('b'));
    bench.dispatch(proposed('1'), proposed('1', { backendId: 'b' }));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['Bot a: Sell 1', 'Bot b: Sell 1']);
  });

  it('practice is written in front', async () => {
    const bench = createBench();
    bench.dispatch(configured('a', { practice: true }), listed('a', [approval('1')]), live(), proposed('2'));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['PRACTICE · 1 approval waits', 'PRACTICE · Bot a: Sell 2']);
  });

  it('text of a backend cannot break a line, turn the reading direction or fill the screen', async () => {
    const bench = createBench();
    const title = `Sell\u202e\n\u0000\u200b ${'x'.repeat(5_000)}`;
    bench.dispatch(configured('a'), live(), proposed('1', { title, reason: 'y'.repeat(100_000) }));
    await bench.clock.advance(0);
    expect(bench.native[0]?.title).toMatch(/^Bot a: Sell x+…$/);
    expect(bench.native[0]?.title.length).toBeLessThanOrEqual(120);
    expect(bench.native[0]?.body.length).toBeLessThanOrEqual(300);
  });
});

describe('alerts', () => {
  it('of a kind that no row names, high and critical ones are told, lesser ones are not', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      alert('1', { kind: 'moon', severity: 'low' }),
      alert('2', { kind: 'moon', severity: 'medium' }),
      alert('3', { kind: 'moon' }),
    );
    bench.dispatch(alert('4', { kind: 'moon', severity: 'critical' }));
    await bench.clock.advance(0);
    expect(bench.native.map((notice) => [notice.body, notice.severity, notice.sound])).toEqual([
      ['message 3', 'high', 'alert'],
      ['message 4', 'critical', 'critical'],
    ]);
  });

  it('L3 critical ones never wait and are never joined with lesser ones', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    for (let number = 1; number <= 5; number += 1) {
      bench.dispatch(alert(`high ${number}`), alert(`critical ${number}`, { severity: 'critical' }));
    }
    await bench.clock.advance(0);
    const critical = () =>
      bench.native.filter((notice) => notice.severity === 'critical').map((notice) => notice.body);
    expect(critical()).toEqual([1, 2, 3, 4, 5].map((number) => `message critical ${number}`));
    await bench.clock.advance(10_000);
    expect(critical()).toHaveLength(5);
    expect(bench.titles().at(-1)).toBe('Bot a: 4 more alerts');
    expect(bench.native.at(-1)?.severity).toBe('high');
  });

  it('L3 the same one repeated is told again with its count, in growing pauses', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    for (let number = 1; number <= 200; number += 1) {
      bench.dispatch(alert(`${number}`, { groupKey: 'same', severity: 'critical' }));
      await bench.clock.advance(1_000);
    }
    expect(bench.titles()[0]).toBe('Bot a: ltv warning');
    expect(bench.titles()[1]).toMatch(/^Bot a: ltv warning \(\d+ times\)$/);
    expect(bench.native.length).toBeLessThan(10);
  });

  it('acknowledging withdraws, and stops the reminders', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), alert('1', { severity: 'critical' }));
    bench.dispatch({ type: 'alert-acknowledged', alertKey: 'a/1', atMs: START_MS });
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.native).toHaveLength(1);
    expect(bench.withdrawn).toContain(bench.native[0]?.key);
  });

  it('L3 a critical one that nobody acknowledges is told again, a few times', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), alert('1', { severity: 'critical' }), alert('2'));
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.titles()).toEqual([
      'Bot a: ltv warning',
      'Bot a: ltv warning',
      'Still open: Bot a: ltv warning',
    ]);
    await bench.clock.advance(600 * MINUTE_MS);
    expect(bench.native).toHaveLength(6);
    expect(bench.clock.pending()).toBe(0);
  });
});

describe('halts', () => {
  it('K12 one made elsewhere is told with its sound as soon as it is heard', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), halt(false, null), halt(true, 'owner'));
    await bench.clock.advance(0);
    expect(bench.native).toMatchObject([
      { title: 'Bot a is halted', body: 'Set by owner: because', sound: 'kill', severity: 'critical' },
    ]);
    expect(bench.sounds).toMatchObject([{ sound: 'kill' }]);
  });

  it('K12 one found by the first snapshot is told as well; an ordinary first reading is not', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), configured('b'), halt(true, 'owner', 'a'), halt(false, null, 'b'));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['Bot a is halted']);
  });

  it('K12 one lifted elsewhere, and one that is no longer known, are told', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), halt(true, 'owner'), halt(null, null), halt(false, 'system:risk'));
    await bench.clock.advance(30_000);
    expect(bench.titles()).toEqual([
      'Bot a is halted',
      'It is not known whether Bot a is still halted',
      'Bot a may trade again',
    ]);
    expect(bench.native[2]?.sound).toBe('clear');
  });

  it("what the desk's own PANIC did is told as PANIC, not as somebody else's halt", async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      halt(false, null),
      panic([target('requested')]),
      halt(true, 'quarterdeck'),
    );
    bench.dispatch(panic([target('confirmed')]), halt(false, 'quarterdeck'), clear);
    await bench.clock.advance(30_000);
    expect(bench.titles().every((title) => title.startsWith('PANIC'))).toBe(true);
  });

  it('K14 a halt that the backend lifted by itself during PANIC is announced at once', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('confirmed')]), halt(true, 'quarterdeck'));
    await bench.clock.advance(60_000);
    bench.dispatch(halt(false, 'system:risk'));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)).toMatchObject({
      title: 'Bot a lifted the halt by itself',
      severity: 'critical',
    });
    expect(bench.native.at(-1)?.body).toContain('being halted again');
  });

  it('K14 a person elsewhere who resumes during PANIC is announced too', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('confirmed')]), halt(true, 'quarterdeck'));
    bench.dispatch(halt(false, 'owner'));
    await bench.clock.advance(0);
    expect(bench.titles().at(-1)).toBe('Somebody resumed Bot a during PANIC');
  });
});

describe('PANIC', () => {
  it('K7 what this desk’s own resume lifts is nobody else’s doing, also where the backend names nobody', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('confirmed')]), halt(true, null));
    await bench.clock.advance(60_000);
    const before = bench.titles();
    const resuming = panic([target('confirmed')]);
    if (resuming.type !== 'panic' || resuming.state.kind !== 'latched') throw new Error('not latched');
    bench.dispatch({ type: 'panic', state: { ...resuming.state, resuming: true } }, halt(false, null));
    await bench.clock.advance(60_000);
    expect(bench.titles()).toEqual(before);
  });

  it('is told when it is pressed, when it is confirmed and when it ends', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('requested')]));
    await bench.clock.advance(60_000);
    bench.dispatch(panic([target('confirmed')]));
    await bench.clock.advance(60_000);
    bench.dispatch(panic([target('confirmed')]), clear);
    await bench.clock.advance(60_000);
    expect(bench.native.map(({ title, sound }) => [title, sound])).toEqual([
      ['PANIC: halting 1 backend', 'kill'],
      ['PANIC confirmed: 1 backend halted', 'clear'],
      ['PANIC was ended by a person', 'clear'],
    ]);
  });

  it('says at once where it is not confirmed', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), panic([target('requested')]), panic([target('unconfirmed')]));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)).toMatchObject({
      title: 'PANIC NOT CONFIRMED: Bot a',
      body: 'detail unconfirmed',
      severity: 'critical',
    });
  });

  it('K4 one that cannot be halted from here is no unconfirmed halt, and what to do there is said', async () => {
    const bench = createBench();
    const hub = { ...target('not-supported'), backendId: 'b', detail: 'Stop it at the exchange.' };
    bench.dispatch(configured('a'), configured('b'), panic([target('requested'), hub]));
    bench.dispatch(panic([target('confirmed'), hub]));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)).toMatchObject({
      title: 'PANIC confirmed: 1 backend halted',
      body: 'Stop it at the exchange.',
    });
    bench.dispatch(clear, panic([hub]));
    await bench.clock.advance(60_000);
    expect(bench.native.at(-1)?.title).toBe('PANIC: nothing that can be halted is connected');
  });

  it('that was latched before the start is told as such', async () => {
    const bench = createBench();
    bench.dispatch(configured('a', { practice: true }), panic([target('requested')], START_MS - 1));
    await bench.clock.advance(0);
    expect(bench.titles()).toEqual(['PRACTICE · PANIC is still on']);
  });
});

describe('what needs a person to go on', () => {
  const stopped = (code: 'credentials' | 'disabled' | 'insecure'): DeskEvent =>
    link({ kind: 'stopped', sinceMs: START_MS, cause: { code, message: 'because' } });

  it('D2 a link that asks for credentials is told once, and withdrawn when it works again', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), stopped('credentials'), stopped('credentials'), live());
    await bench.clock.advance(0);
    expect(bench.native).toMatchObject([
      { title: 'Bot a asks for its credentials', severity: 'critical', sound: 'critical' },
      { title: 'Bot a is connected again', severity: 'medium', sound: 'clear' },
    ]);
    expect(bench.withdrawn).toEqual(['link/a/live']);
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.native).toHaveLength(2);
  });

  it('one that a person switched off is not', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), stopped('disabled'));
    await bench.clock.advance(0);
    expect(bench.native).toEqual([]);
  });

  it('D6 trouble of the journal is told once for as long as it lasts', async () => {
    const bench = createBench();
    const health = {
      state: 'failing',
      trouble: 'The disk is full.',
      entries: 1,
      newestSeq: 1,
      sizeBytes: 1,
    } as const;
    bench.dispatch(
      { type: 'journal-health', health },
      { type: 'journal-health', health: { ...health, entries: 2 } },
    );
    bench.dispatch({ type: 'journal-health', health: { ...health, state: 'ok', trouble: null } });
    await bench.clock.advance(0);
    expect(bench.native).toMatchObject([
      { title: 'The journal is in trouble', body: 'The disk is full.', severity: 'critical' },
      { title: 'The journal works again', severity: 'medium' },
    ]);
    expect(bench.withdrawn).toEqual(['journal']);
  });
});

describe('L1 every attempt has an outcome that can be read in the app', () => {
  async function outcomesOf(
    options: Parameters<typeof createBench>[0],
    prepare?: (b: ReturnType<typeof createBench>) => void,
  ) {
    const bench = createBench(options);
    prepare?.(bench);
    bench.dispatch(configured('a'), live(), proposed('1'));
    await bench.clock.advance(20_000);
    expect(bench.journal).toHaveLength(1);
    expect(bench.journal[0]).toMatchObject({ kind: 'notification', backendId: 'a' });
    return { bench, outcomes: bench.outcomes() };
  }

  it('and says what it was about, also when the journal has hidden what could be a secret', async () => {
    const { bench } = await outcomesOf({});
    const told = bench.native[0];
    expect(told?.key).toContain('/');
    const journaled = redact(JSON.stringify(bench.journal[0]?.data));
    expect(journaled).toContain(`"about":"${told?.key}"`);
    expect(journaled).not.toContain('[hidden]');
  });

  it('shown', async () => {
    const { outcomes } = await outcomesOf({});
    expect(outcomes).toMatchObject({
      native: { result: 'shown' },
      sound: { result: 'shown' },
      'in-app': { result: 'shown' },
    });
  });

  it('muted by the settings, with the reason; the window shows it all the same', async () => {
    const { bench, outcomes } = await outcomesOf({}, (b) =>
      Object.assign(b.attention, { notifications: false, sound: false }),
    );
    expect(outcomes).toMatchObject({
      native: { result: 'muted', reason: expect.stringContaining('switched off') as string },
      sound: { result: 'muted', reason: expect.stringContaining('switched off') as string },
      'in-app': { result: 'shown' },
    });
    expect(bench.native).toEqual([]);
    expect(bench.inApp).toHaveLength(1);
  });

  it('blocked by a system without notifications: seen and heard in the window', async () => {
    const { bench, outcomes } = await outcomesOf({ native: null });
    expect(outcomes).toMatchObject({ native: { result: 'blocked' }, 'in-app': { result: 'shown' } });
    expect(bench.sounds).toHaveLength(1);
  });

  it('failed without a window', async () => {
    const { outcomes } = await outcomesOf({ window: false });
    expect(outcomes).toMatchObject({
      native: { result: 'shown' },
      sound: { result: 'failed', reason: expect.stringContaining('No window') as string },
      'in-app': { result: 'failed', reason: expect.stringContaining('No window') as string },
    });
  });

  it('failed when the window never says that it played the sound', async () => {
    const { outcomes } = await outcomesOf({ mute: true });
    expect(outcomes).toMatchObject({
      sound: { result: 'failed', reason: expect.stringContaining('did not say') as string },
    });
  });

  it('failed when a channel throws or never answers, without holding up the others', async () => {
    const throwing = { deliver: () => Promise.reject(new Error('D-Bus is gone')), withdraw: () => undefined };
    expect((await outcomesOf({ native: throwing })).outcomes).toMatchObject({
      native: { result: 'failed', reason: 'D-Bus is gone' },
      sound: { result: 'shown' },
    });
    const silent = { deliver: () => new Promise<NoticeOutcome>(() => undefined), withdraw: () => undefined };
    expect((await outcomesOf({ native: silent })).outcomes).toMatchObject({
      native: { result: 'failed', reason: expect.stringContaining('did not say') as string },
      'in-app': { result: 'shown' },
    });
  });

  it('a test notice goes the same way and comes back when every channel has answered', async () => {
    const bench = createBench();
    const notice = await bench.hub.test('critical');
    expect(bench.native).toEqual([notice]);
    expect(bench.sounds).toMatchObject([{ sound: 'critical' }]);
    expect(bench.outcomes()).toMatchObject({ native: { result: 'shown' }, sound: { result: 'shown' } });
  });

  it('the same sound twice in a second is one sound', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      alert('1', { severity: 'critical' }),
      alert('2', { severity: 'critical' }),
    );
    await bench.clock.advance(0);
    expect(bench.sounds).toHaveLength(1);
    expect(bench.outcomes()).toMatchObject({ native: { result: 'shown' } });
  });
});

describe("the person's rules", () => {
  const critical = (id: string) => alert(id, { kind: 'moon', severity: 'critical' });
  const high = (id: string, rest: Partial<Alert> = {}) => alert(id, { kind: 'moon', ...rest });

  it('L1 a mute is an outcome that names when it ends; the window shows it, nothing leaves, and then it is loud again', async () => {
    const bench = createBench();
    bench.setPolicy({ muteUntilMs: START_MS + 60 * MINUTE_MS });
    bench.dispatch(configured('a'), high('1'));
    await bench.clock.advance(0);
    expect(bench.native).toEqual([]);
    expect(bench.sounds).toEqual([]);
    expect(bench.outbound).toEqual([]);
    expect(bench.inApp).toHaveLength(1);
    expect(bench.outcomes()).toMatchObject({
      native: { result: 'muted', reason: expect.stringMatching(/^Muted until .*\d\d:\d\d\.$/) as string },
      sound: { result: 'muted', reason: expect.stringContaining('Muted until') as string },
    });
    await bench.clock.advance(60 * MINUTE_MS);
    bench.dispatch(high('2'));
    await bench.clock.advance(0);
    expect(bench.native).toHaveLength(1);
  });

  it('L3 a mute and quiet hours let what is critical through, with its sound', async () => {
    const bench = createBench();
    bench.setPolicy({
      muteUntilMs: START_MS + 60 * MINUTE_MS,
      quietHours: { enabled: true, from: '00:00', to: '00:00', days: [0, 1, 2, 3, 4, 5, 6] },
    });
    bench.dispatch(configured('a'), critical('1'));
    await bench.clock.advance(0);
    expect(bench.native).toHaveLength(1);
    expect(bench.sounds).toMatchObject([{ sound: 'critical' }]);
    expect(bench.outbound).toHaveLength(1);
  });

  it('L1 a kind muted from an alert shows nowhere, its attempts are counted in one line that names the rule', async () => {
    const bench = createBench();
    bench.setPolicy({ mutedKinds: [{ backendId: 'a', kind: 'moon', withCritical: false }] });
    bench.dispatch(configured('a'), high('1'), high('2'), high('3'));
    await bench.clock.advance(10_000);
    expect([...bench.native, ...bench.inApp, ...bench.sounds, ...bench.outbound]).toEqual([]);
    expect(bench.journal.map(({ summary }) => summary.split(' (')[0])).toEqual([
      'Bot a: moon',
      'Bot a: 2 more alerts',
    ]);
    expect(bench.outcomes()['in-app']).toEqual({
      channel: 'in-app',
      result: 'muted',
      reason: 'You muted “moon” alerts of Bot a.',
    });
  });

  it('what is muted does not make what is told wait', async () => {
    const bench = createBench();
    bench.setPolicy({
      snoozes: [{ group: 'a/1', title: '', severity: 'high', untilMs: START_MS + MINUTE_MS }],
    });
    bench.dispatch(configured('a'), high('1'), high('2'));
    await bench.clock.advance(0);
    expect(bench.native.map(({ body }) => body)).toEqual(['message 2']);
  });

  it('a snoozed alert comes back by itself while it is open, and not once it was acknowledged', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), high('1'), high('2'));
    await bench.clock.advance(MINUTE_MS);
    const told = bench.native.length;
    const untilMs = bench.clock.now() + 10 * MINUTE_MS;
    bench.setPolicy({
      snoozes: ['1', '2'].map((id) => ({ group: `a/${id}`, title: '', severity: 'high' as const, untilMs })),
    });
    bench.dispatch({ type: 'alert-acknowledged', alertKey: 'a/2', atMs: bench.clock.now() });
    bench.dispatch(high('1b', { groupKey: '1' }));
    await bench.clock.advance(10 * MINUTE_MS - 1);
    expect(bench.native).toHaveLength(told);
    await bench.clock.advance(1);
    expect(bench.native.slice(told).map(({ title }) => title)).toEqual([
      'Back after a snooze: Bot a: moon (2 times)',
    ]);
  });

  it('a snooze that was taken back ends without a word', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), high('1'));
    bench.setPolicy({
      snoozes: [{ group: 'a/1', title: '', severity: 'high', untilMs: START_MS + MINUTE_MS }],
    });
    bench.setPolicy({ snoozes: [] });
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.native).toHaveLength(1);
  });

  it('L3 what nobody acknowledges is told again louder, then at full volume with another sound on the next channel', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), critical('1'));
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.sounds.map(({ sound, volume }) => [sound, volume])).toEqual([
      ['critical', 0.5],
      ['critical', 0.85],
      ['kill', 1],
      ['kill', 1],
      ['kill', 1],
    ]);
    expect(bench.unacknowledged).toEqual([false, false, true, true, true]);
  });

  it('L3 a stopped link is told again until it was seen; an alert only ends by being acknowledged', async () => {
    const bench = createBench();
    const stopped = link({ kind: 'stopped', sinceMs: START_MS, cause: { code: 'credentials', message: '' } });
    bench.dispatch(configured('a'), stopped, critical('1'));
    await bench.clock.advance(0);
    bench.hub.seen('link/a/live');
    bench.hub.seen('alert/a/1');
    await bench.clock.advance(2 * MINUTE_MS);
    expect(bench.titles().filter((title) => title.startsWith('Still open'))).toEqual([
      'Still open: Bot a: moon',
    ]);
  });

  it('L3 a trouble that only repeats itself cools down, and something new of its kind is told at once', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'));
    for (let minute = 0; minute < 120; minute += 1) {
      bench.dispatch(high(`${minute}`, { groupKey: 'same' }));
      await bench.clock.advance(MINUTE_MS);
    }
    expect(bench.native.length).toBeLessThan(16);
    expect(bench.native.length).toBeGreaterThan(5);
    bench.dispatch(high('another'));
    await bench.clock.advance(0);
    expect(bench.native.at(-1)?.body).toBe('message another');
  });

  it('L2 what was dealt with elsewhere goes from the window too', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), critical('1'));
    bench.dispatch({ type: 'alert-acknowledged', alertKey: 'a/1', atMs: START_MS });
    await bench.clock.advance(0);
    expect(bench.withdrawnInApp).toContain('alert/a/1');
  });

  it('L1 the task bar flashes for what is critical and for what the system did not show, and for nothing else', async () => {
    const calm = createBench();
    calm.dispatch(configured('a'), high('1'));
    await calm.clock.advance(0);
    expect(calm.flashes).toBe(0);
    calm.dispatch(critical('2'));
    await calm.clock.advance(0);
    expect(calm.flashes).toBe(1);
    const blocked = createBench({ native: null });
    blocked.dispatch(configured('a'), high('1'));
    await blocked.clock.advance(0);
    expect(blocked.flashes).toBe(1);
  });

  it.each([
    ['is gone', { window: false, spare: true }, 'No window was open'],
    ['hangs', { mute: true, spare: true }, 'did not say'],
  ])('L1 a sound is heard where the window %s: the spare page plays it', async (_what, options, why) => {
    const bench = createBench(options);
    bench.dispatch(configured('a'), critical('1'));
    await bench.clock.advance(20_000);
    expect(bench.spareSounds).toMatchObject([{ sound: 'critical', volume: 0.5 }]);
    expect(bench.outcomes().sound).toMatchObject({
      result: 'shown',
      reason: expect.stringContaining(why) as string,
    });
  });
});

describe('models', () => {
  const model = aFeedEntry('models', { backendId: 'a' });
  const trades = (count: number): DeskEvent[] =>
    Array.from({ length: count }, (_, index) =>
      feedEvent(
        'activity',
        [
          aFeedEntry('activity', {
            backendId: 'a',
            id: `t${index}`,
            kind: 'trade',
            symbol: 'BTC',
            receivedAtMs: START_MS + index,
          }),
        ],
        { backendId: 'a' },
      ),
    );

  it('L3 a burst of trades is the first and one more with their number, in the window alone', async () => {
    const bench = createBench();
    bench.dispatch(configured('a'), feedEvent('models', [model], { backendId: 'a' }), ...trades(20));
    await bench.clock.advance(10_000);
    expect(bench.inApp.map(({ title }) => title)).toEqual([
      'Momentum on Bot a: traded BTC',
      'Momentum on Bot a: 19 more trades',
    ]);
    expect(bench.inApp[1]?.destination).toEqual({ place: 'models', itemId: 'a/7' });
    expect(bench.native).toEqual([]);
    expect(bench.sounds).toEqual([]);
    expect(bench.outcomes()).toMatchObject({
      native: { result: 'muted' },
      sound: { result: 'muted' },
      'in-app': { result: 'shown' },
    });
  });
});

describe('ending', () => {
  it('leaves no timer and hears nothing more', async () => {
    const bench = createBench();
    bench.dispatch(
      configured('a'),
      alert('1', { severity: 'critical' }),
      live(),
      proposed('1'),
      proposed('2'),
    );
    await bench.clock.advance(0);
    bench.hub.dispose();
    const told = bench.native.length;
    bench.dispatch(proposed('3'), alert('9', { severity: 'critical' }));
    await bench.clock.advance(60 * MINUTE_MS);
    expect(bench.native).toHaveLength(told);
    expect(bench.clock.pending()).toBe(0);
  });
});
