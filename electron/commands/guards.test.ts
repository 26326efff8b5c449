import { describe, expect, it } from 'vitest';

import { subjectOf } from '#shared/domain/backends/act-freshness.ts';
import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';
import { reduceOnlyReason } from '#shared/domain/panic/reduce-only.ts';
import { settings } from '#shared/domain/settings/settings.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { aBackend, aKillSwitch, aLink, anApproval, START_MS } from '#shared/domain/testing/entries.ts';
import { decisionOf } from './decision.ts';
import type { Facts } from './facts.ts';
import { checkUnchanged, guardChecks } from './guards.ts';
import { stakeOf } from './stake.ts';
import { scriptedKind } from './testing/scripted-backend.ts';

const latched: PanicState = {
  kind: 'latched',
  id: 'x',
  sinceMs: START_MS,
  presses: 1,
  origin: 'window',
  durable: true,
  targets: [],
};

/** Facts under which an approval of `p1` passes every check, with what a test is about given by it. */
function facts(given: Partial<Facts> & { actId?: string; params?: Facts['command']['params'] } = {}): Facts {
  const { actId = 'approval.approve', params = { approvalId: 'p1' }, ...rest } = given;
  const command = { backendId: 'alpha', act: actId, params };
  const act = scriptedKind.acts.find(({ id }) => id === actId);
  const decision = decisionOf(command);
  const approval =
    'approval' in rest || decision === null
      ? rest.approval
      : anApproval({ priceThen: '50000', valueUsd: '500' });
  const price = 'price' in rest ? (rest.price ?? null) : aPrice();
  return {
    command,
    nowMs: START_MS,
    limits: settings.parse({}).limits,
    expiry: settings.parse({}).limits,
    day: { all: NO_DAY_LIMIT, own: NO_DAY_LIMIT },
    config: aBackend(),
    connected: true,
    kind: scriptedKind,
    act,
    panic: { kind: 'clear' },
    killSwitch: aKillSwitch(),
    links: [aLink()],
    decision,
    approval,
    supersededBy: undefined,
    price,
    stake: stakeOf({ approval, act, params, price }),
    ruling: null,
    ...rest,
  };
}

const NO_DAY_LIMIT = { soft: null, hard: null, used: { usd: '0', unknown: 0, count: 0 } };

const aPrice = (price = '50000'): NonNullable<Facts['price']> => ({
  price,
  backendId: 'alpha',
  backendName: 'Alpha',
  symbol: 'BTC',
  atMs: START_MS,
});

const find = (checks: readonly GuardCheck[], id: string): GuardCheck | undefined =>
  checks.find((check) => check.id === id);
const verdict = (given: Parameters<typeof facts>[0], id: string): string | undefined =>
  find(guardChecks(facts(given)), id)?.verdict;
const blocks = (given: Parameters<typeof facts>[0]): string[] =>
  guardChecks(facts(given))
    .filter((check) => check.verdict === 'block')
    .map((check) => check.id);

it('A3 passes when everything is as it should be, and names every check in words', () => {
  const checks = guardChecks(facts());
  expect(checks.map((check) => [check.id, check.verdict])).toEqual([
    ['backend', 'pass'],
    ['kill-switch', 'pass'],
    ['fresh', 'pass'],
    ['still-pending', 'pass'],
    ['expiry', 'pass'],
    ['superseded', 'pass'],
    ['price-drift', 'pass'],
    ['value', 'pass'],
  ]);
  expect(checks.every((check) => check.label !== '' && check.detail !== '')).toBe(true);
});

describe('the backend', () => {
  it.each([
    ['is not set up', { config: undefined, kind: undefined, act: undefined }],
    ['is switched off', { config: aBackend({ enabled: false }) }],
    ['is not connected', { connected: false }],
  ])('blocks when it %s', (_, given) => {
    expect(blocks(given)).toContain('backend');
  });

  it('blocks an act that it does not have, and one that is not complete', () => {
    expect(blocks({ actId: 'bot.dance' })).toContain('act');
    expect(blocks({ actId: 'bot.start', params: {} })).toContain('params');
    expect(blocks({ actId: 'bot.start', params: { bot: 'b' } })).not.toContain('params');
  });
});

describe('K3 while killed', () => {
  const halts: [string, Partial<Facts>][] = [
    ['PANIC is latched', { panic: latched }],
    ['the backend is halted by itself', { killSwitch: aKillSwitch({ enabled: true }) }],
    ['its halt is unknown', { killSwitch: aKillSwitch({ enabled: null }) }],
    ['its halt was never read', { killSwitch: undefined }],
    ['it is not yet known whether PANIC is latched', { panic: undefined }],
  ];
  it.each(halts)('nothing that adds risk passes when %s', (_, given) => {
    expect(blocks(given)).toEqual(['kill-switch']);
    expect(blocks({ ...given, actId: 'approval.execute' })).toEqual(['kill-switch']);
    expect(blocks({ ...given, actId: 'bot.start', params: { bot: 'b' } })).toEqual(['kill-switch']);
  });
  it.each(halts)('declining, stopping and what is neutral pass when %s', (_, given) => {
    for (const actId of ['approval.decline', 'bot.stop', 'bot.rename'])
      expect(blocks({ ...given, actId })).toEqual([]);
  });

  it('a backend without a kill switch of its own is not held back by one', () => {
    const kind = { ...scriptedKind, panic: { ...scriptedKind.panic, supported: false } };
    expect(blocks({ kind, killSwitch: undefined })).toEqual([]);
  });
});

describe('A3 data', () => {
  const stale: [string, Partial<Facts>][] = [
    ['old', { nowMs: START_MS + 11 * MINUTE_MS }],
    ['not there', { links: [aLink({ dataAtMs: null })] }],
    [
      'behind a broken link',
      { links: [aLink({ state: { kind: 'connecting', sinceMs: START_MS, attempt: 2 } })] },
    ],
    ['without any link', { links: [] }],
  ];
  it.each(stale)('that is %s blocks what adds risk; declining passes and says STALE', (_, given) => {
    expect(verdict(given, 'fresh')).toBe('block');
    const declining = find(guardChecks(facts({ ...given, actId: 'approval.decline' })), 'fresh');
    expect(declining).toMatchObject({ verdict: 'pass' });
    expect(declining?.detail).toContain('STALE');
  });

  /** Starting a bot is about that bot, whose own link then counts. */
  const startOf = (bot: string, links: Facts['links']): Parameters<typeof facts>[0] => ({
    actId: 'bot.start',
    act: { ...startAct, concerns: { thing: 'model', param: 'bot' } },
    params: { bot },
    links,
  });
  const startAct = scriptedKind.acts.find(({ id }) => id === 'bot.start')!;
  const broken = { kind: 'connecting', sinceMs: START_MS, attempt: 2 } as const;
  const streamOf = (id: string, state: Facts['links'][number]['state'] = broken) =>
    aLink({ linkId: `bot-${id}`, label: `Run of ${id}`, about: { thing: 'model', id }, state });

  it('A3 of one bot that is behind a broken link holds up that bot alone, and is named', () => {
    const links = [aLink(), streamOf('one'), streamOf('two', aLink().state)];
    expect(blocks({ links })).toEqual([]);
    expect(blocks(startOf('two', links))).toEqual([]);
    expect(blocks(startOf('three', links))).toEqual([]);
    expect(blocks(startOf('one', links))).toEqual(['fresh']);
    expect(find(guardChecks(facts(startOf('one', links))), 'fresh')?.detail).toContain('Run of one');
  });

  it('A3 of one bot never stands in for that of the whole backend', () => {
    expect(blocks(startOf('one', [streamOf('one', aLink().state)]))).toEqual(['fresh']);
    expect(blocks(startOf('one', [aLink({ state: broken }), streamOf('one', aLink().state)]))).toEqual([
      'fresh',
    ]);
  });

  it.each([
    ['all live', [aLink(), streamOf('one', aLink().state)]],
    ['one bot’s link broken', [aLink(), streamOf('one')]],
    ['one bot’s link ended', [aLink(), streamOf('one', ended())]],
    ['the backend’s link broken', [aLink({ state: broken }), streamOf('one', aLink().state)]],
    ['the backend’s link old', [aLink({ dataAtMs: START_MS - 601_000 })]],
    ['only a bot’s link', [streamOf('one', aLink().state)]],
    ['no link', []],
  ])('A3 K3 what is said beforehand is what the door decides: %s', (_, links) => {
    const about = [null, 'one', 'two'] as const;
    for (const bot of about) {
      const given = facts(bot === null ? { links } : startOf(bot, links));
      const subject = subjectOf(given.act, given.command.params);
      const words = reduceOnlyReason(aBackend(), given, START_MS, { subject });
      expect([bot, words !== null]).toEqual([bot, find(guardChecks(given), 'fresh')?.verdict === 'block']);
    }
  });
});

function ended(): Facts['links'][number]['state'] {
  return { kind: 'stopped', sinceMs: START_MS, cause: { code: 'disabled', message: 'Nothing runs.' } };
}

describe('A2 the proposal', () => {
  it.each(['declined', 'executed', 'gone', 'unknown', 'other'] as const)(
    'cannot be decided once it is %s',
    (status) => {
      const approval = anApproval({ status, rawStatus: status === 'other' ? 'banana' : null });
      for (const actId of ['approval.approve', 'approval.decline', 'approval.execute']) {
        expect(blocks({ actId, approval })).toContain('still-pending');
      }
    },
  );

  it('can be executed after it was approved, where the backend can, and not be approved again', () => {
    const approval = anApproval({ status: 'approved', priceThen: '50000', valueUsd: '500' });
    expect(blocks({ actId: 'approval.execute', approval })).toEqual([]);
    expect(blocks({ actId: 'approval.approve', approval })).toEqual(['still-pending']);
    const notExecutable = { ...approval, executable: false };
    expect(blocks({ actId: 'approval.execute', approval: notExecutable })).toEqual(['still-pending']);
  });

  it('cannot be decided when the desk does not have it', () => {
    expect(blocks({ approval: undefined })).toContain('still-pending');
  });

  it('cannot be approved after the backend’s expiry, nor after the person’s where there is none', () => {
    const nowMs = START_MS + 61 * MINUTE_MS;
    const links = [aLink({ dataAtMs: nowMs })];
    const given = anApproval({ priceThen: '50000', valueUsd: '500' });
    expect(blocks({ nowMs, links, approval: given })).toEqual(['expiry']);
    expect(blocks({ nowMs, links, approval: { ...given, expiresAtMs: nowMs + 1 } })).toEqual([]);
    expect(blocks({ nowMs, links, approval: { ...given, expiresAtMs: nowMs } })).toEqual(['expiry']);
  });

  it('A8 can be declined after it expired', () => {
    const nowMs = START_MS + 61 * MINUTE_MS;
    expect(blocks({ nowMs, actId: 'approval.decline' })).toEqual([]);
  });

  it.each([{ quantity: '0.02' }, { side: 'sell' as const }, { instrument: 'ETH' }, { allocationPct: '5' }])(
    'cannot be decided when the backend now shows it otherwise: %o',
    (changed) => {
      expect(checkUnchanged(anApproval(), anApproval(changed))?.verdict).toBe('block');
    },
  );
  it('stays decidable when only its price or age changed', () => {
    const fresh = anApproval({
      priceThen: '1',
      valueUsd: '2',
      receivedAtMs: START_MS + 9,
      riskNotes: ['note'],
    });
    expect(checkUnchanged(anApproval(), fresh)?.verdict).toBe('pass');
  });
});

describe('A3 price drift', () => {
  it.each([
    ['51000', 'pass'],
    ['51000.01', 'block'],
    ['49000', 'pass'],
    ['48999.99', 'block'],
  ])('from 50000 to %s with a limit of 2 %% is %s', (priceUsd, expected) => {
    expect(verdict({ price: aPrice(priceUsd) }, 'price-drift')).toBe(expected);
  });

  it('asks when it cannot be compared, and is silent about what has no instrument', () => {
    expect(verdict({ price: null }, 'price-unknown')).toBe('warn');
    expect(verdict({ approval: anApproval({ priceThen: null }) }, 'price-unknown')).toBe('warn');
    expect(
      find(guardChecks(facts({ approval: anApproval({ instrument: null }) })), 'price-unknown'),
    ).toBeUndefined();
  });

  it('is not limited when the person set no limit, and never holds a decline back', () => {
    const limits = { ...settings.parse({}).limits, maxPriceDriftPct: null };
    expect(verdict({ limits, price: aPrice('99999') }, 'price-drift')).toBe('pass');
    expect(blocks({ actId: 'approval.decline', price: aPrice('99999') })).toEqual([]);
  });
});

describe('A4 the person’s limits', () => {
  const withLimits = (softValueUsd: string | null, hardValueUsd: string | null): Facts['limits'] => ({
    ...settings.parse({}).limits,
    softValueUsd,
    hardValueUsd,
  });

  it('pass a value at the limit, ask above the soft one, refuse above the hard one', () => {
    expect(verdict({ limits: withLimits('500', '500') }, 'value')).toBe('pass');
    expect(verdict({ limits: withLimits('499.99', '500') }, 'soft-limit')).toBe('warn');
    expect(verdict({ limits: withLimits('100', '499.99') }, 'hard-limit')).toBe('block');
  });

  it('count the value at the price now where that is more', () => {
    const price = aPrice('50900');
    expect(verdict({ limits: withLimits('505', null), price }, 'soft-limit')).toBe('warn');
  });

  it('ask when the value is not known, unless there is no limit', () => {
    const approval = anApproval({ instrument: null, quantity: null });
    const unknown = { approval, price: null };
    expect(verdict({ ...unknown, limits: withLimits('500', null) }, 'value-unknown')).toBe('warn');
    expect(verdict({ ...unknown, limits: withLimits(null, null) }, 'value')).toBe('pass');
  });

  it('never hold a decline back', () => {
    expect(blocks({ actId: 'approval.decline', limits: withLimits('1', '1') })).toEqual([]);
  });
});
