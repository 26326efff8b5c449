import { describe, expect, it } from 'vitest';

import type { DeskPatch, SliceName } from '#shared/domain/desk.ts';

import { createDesk } from '../../desk/desk.ts';
import type { DeskPort } from '../../desk/port.ts';
import {
  aBackend,
  aKillSwitch,
  aLink,
  anAlert,
  anApproval,
  approvalStatusEvent,
  aQuote,
  aTrade,
  portfolioEvent,
  START_MS,
} from '#shared/domain/testing/entries.ts';
import { aFeedEntry, feedEvent } from '#shared/domain/testing/feed-entries.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { JournalRecord } from '../port.ts';
import { createRecorder } from './recorder.ts';
import { createSignInRecord } from './sign-in-record.ts';

/** A desk whose changes are recorded, and what was. */
function recorded(): { desk: DeskPort; lines: JournalRecord[]; words: () => string[] } {
  const desk = createDesk(silentLogger);
  const record = createRecorder(0);
  const lines: JournalRecord[] = [];
  desk.onPatches((patches) => {
    for (const patch of patches) {
      const line = record(patch, START_MS);
      if (line !== null) lines.push(line);
    }
  });
  desk.dispatch({ type: 'backend-configured', config: aBackend() });
  lines.length = 0;
  return { desk, lines, words: () => lines.map(({ kind, summary }) => `${kind}: ${summary}`) };
}

describe('S5 what happens leaves a line', () => {
  it('a proposal, what became of it and by whom', () => {
    const { desk, words } = recorded();
    desk.dispatch({ type: 'approval-proposed', approval: anApproval({ title: 'Sell 1 BTC' }) });
    desk.dispatch(approvalStatusEvent({ status: 'unknown' }));
    desk.dispatch(
      approvalStatusEvent({
        status: 'declined',
        decidedBy: 'me',
        occurredAtMs: START_MS + 5,
        receivedAtMs: START_MS + 5,
      }),
    );
    expect(words()).toEqual([
      'approval: Proposed: Sell 1 BTC',
      'approval: Sell 1 BTC: a decision was sent, its fate is not known yet',
      'approval: Sell 1 BTC: declined by me',
    ]);
  });

  it('a halt and its end, with who set it and why', () => {
    const { desk, words } = recorded();
    const halt = { setBy: 'owner', reason: 'enough', changedAtMs: START_MS + 1 };
    desk.dispatch({ type: 'kill-switch', killSwitch: aKillSwitch({ enabled: true, ...halt }) });
    expect(words()).toEqual(['kill-switch: Kill switch on, set by owner: enough']);
  });

  it('a kill switch that is off when it is first read stands there as found, and as ended once it was on', () => {
    const { desk, lines } = recorded();
    const read = (enabled: boolean | null, changedAtMs: number): void =>
      desk.dispatch({
        type: 'kill-switch',
        killSwitch: aKillSwitch({ enabled, changedAtMs: START_MS + changedAtMs }),
      });
    read(false, 1);
    read(null, 2);
    read(false, 3);
    read(true, 4);
    read(null, 5);
    read(false, 6);
    expect(lines.map(({ data }) => data)).toEqual([
      expect.objectContaining({ enabled: false, found: true }),
      expect.not.objectContaining({ found: true }),
      expect.objectContaining({ enabled: false, found: true }),
      expect.not.objectContaining({ found: true }),
      expect.not.objectContaining({ found: true }),
      expect.not.objectContaining({ found: true }),
    ]);
  });

  it('an alert, each time it is said again, and that it was acknowledged', () => {
    const { desk, words } = recorded();
    desk.dispatch({ type: 'alert', alert: anAlert({ message: 'Thin' }) });
    desk.dispatch({
      type: 'alert',
      alert: anAlert({ id: 'a2', message: 'Thin', receivedAtMs: START_MS + 1, occurredAtMs: START_MS + 1 }),
    });
    const [key = ''] = [...desk.entries('alerts')].map(([alertKey]) => alertKey);
    desk.dispatch({ type: 'alert-acknowledged', alertKey: key, atMs: START_MS + 2 });
    expect(words()).toEqual(['alert: Thin', 'alert: Thin', 'alert: Acknowledged: Thin']);
  });

  it('a trade as its status goes on, once each', () => {
    const { desk, words } = recorded();
    desk.dispatch({ type: 'trade', trade: aTrade() });
    desk.dispatch({ type: 'trade', trade: aTrade({ status: 'filled', receivedAtMs: START_MS + 1 }) });
    desk.dispatch({ type: 'trade', trade: aTrade({ status: 'filled', receivedAtMs: START_MS + 2 }) });
    expect(words()).toEqual(['trade: Trade submitted: buy 0.01 BTC', 'trade: Trade filled: buy 0.01 BTC']);
  });

  it('the trouble of a link with its cause, and its return, but not each message', () => {
    const { desk, words } = recorded();
    const cause = { code: 'silent', message: 'Nothing came.' } as const;
    desk.dispatch({ type: 'link-status', status: aLink({ label: 'Live' }) });
    desk.dispatch({ type: 'link-status', status: aLink({ label: 'Live', received: 9 }) });
    desk.dispatch({
      type: 'link-status',
      status: aLink({ label: 'Live', state: { kind: 'stale', sinceMs: START_MS, cause } }),
    });
    desk.dispatch({
      type: 'link-status',
      status: aLink({
        label: 'Live',
        state: { kind: 'stopped', sinceMs: START_MS, cause: { code: 'credentials', message: 'Refused.' } },
      }),
    });
    expect(words()).toEqual([
      'link: Live: live',
      'link: Live: stale: Nothing came.',
      'link: Live: stopped: Refused.',
    ]);
  });

  it('a step of a model, a run as it goes on, a follow', () => {
    const { desk, words } = recorded();
    desk.dispatch(
      feedEvent('activity', [aFeedEntry('activity', { subjectName: 'Alpha', message: 'Thinks' })]),
    );
    desk.dispatch(feedEvent('runs', [aFeedEntry('runs', { id: 'r1', status: 'running' })]));
    desk.dispatch(
      feedEvent('runs', [aFeedEntry('runs', { id: 'r1', status: 'failed', receivedAtMs: START_MS + 9 })]),
    );
    desk.dispatch(feedEvent('follows', [aFeedEntry('follows', { traderName: 'Alice' })]));
    expect(words()).toEqual([
      'activity: Alpha: Thinks',
      expect.stringMatching(/^activity: Run .* running/),
      expect.stringMatching(/^activity: Run .* failed/),
      'activity: Alice: following',
    ]);
  });

  it('a backend that is set up or removed', () => {
    const { desk, words } = recorded();
    desk.dispatch({ type: 'backend-configured', config: aBackend({ id: 'b2', name: 'Mine' }) });
    desk.dispatch({ type: 'backend-removed', backendId: 'b2' });
    expect(words()).toEqual(['settings: Configured backend "Mine"', 'settings: Removed backend b2']);
  });
});

it('D7 how things merely stand leaves none: totals and prices are kept in another form', () => {
  const { desk, lines } = recorded();
  const slices = new Set<SliceName>();
  desk.onPatches((patches: readonly DeskPatch[]) => {
    for (const { slice } of patches) slices.add(slice);
  });
  desk.dispatch(portfolioEvent());
  desk.dispatch(feedEvent('quotes', [aQuote()]));
  desk.dispatch(feedEvent('models', [aFeedEntry('models')]));
  desk.dispatch(feedEvent('positions', [aFeedEntry('positions')]));
  expect([...slices]).toEqual(
    expect.arrayContaining(['portfolios', 'holdings', 'equity', 'quotes', 'models', 'positions']),
  );
  expect(lines).toEqual([]);
});

describe('S5 a sign-in leaves a line', () => {
  const place = {
    config: { name: 'Alpha', address: 'https://bot.example:8443/api' },
    needsCredentials: true,
  };
  const refused = { code: 'credentials', message: 'The password was not taken.' } as const;
  const stopped = aLink({ state: { kind: 'stopped', sinceMs: START_MS, cause: refused } });
  const waiting = aLink({
    state: {
      kind: 'waiting',
      sinceMs: START_MS,
      nextAttemptAtMs: START_MS + 1,
      attempt: 1,
      cause: { code: 'closed', message: '' },
    },
  });

  it('that was taken, once, that was refused with why, and where; not each reconnection', () => {
    const record = createSignInRecord();
    const lines = [aLink(), waiting, aLink(), stopped, stopped, aLink(), stopped]
      .map((status) => record(status, place, START_MS))
      .filter((line) => line !== null);
    expect(lines.map(({ summary }) => summary)).toEqual([
      'Signed in to Alpha at bot.example:8443 with the credentials kept here',
      'Sign-in to Alpha at bot.example:8443 refused: The password was not taken.',
      'Signed in to Alpha at bot.example:8443 with the credentials kept here',
      'Sign-in to Alpha at bot.example:8443 refused: The password was not taken.',
    ]);
    expect(lines[1]).toMatchObject({
      kind: 'settings',
      backendId: 'alpha',
      data: { event: 'sign-in-refused' },
    });
  });

  it('and none is told of what can be read by anybody, or of the stream of one thing', () => {
    const record = createSignInRecord();
    expect(record(aLink(), { ...place, needsCredentials: false }, START_MS)).toBeNull();
    expect(record(aLink({ about: { thing: 'model', id: '1' } }), place, START_MS)).toBeNull();
  });
});
