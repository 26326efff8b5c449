import { describe, expect, it } from 'vitest';

import type { ActDescriptor, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import type { PanicState } from '#shared/domain/panic/kill-switch.ts';
import { settings } from '#shared/domain/settings/settings.ts';

import { backendKinds } from '../backends/registry.ts';
import { createDesk } from '../desk/desk.ts';
import { aBackend, aKillSwitch, aLink, anApproval, START_MS } from '#shared/domain/testing/entries.ts';
import { silentLogger } from '../lib/logger.ts';
import { gatherFacts } from './facts.ts';
import { guardChecks } from './guards.ts';

const kinds = [...backendKinds.values()].map(({ descriptor }) => descriptor);
const acts = kinds.flatMap((kind) => kind.acts.map((act) => [`${kind.kind} ${act.id}`, kind, act] as const));
const latched: PanicState = {
  kind: 'latched',
  id: 'x',
  sinceMs: START_MS,
  presses: 1,
  origin: 'window',
  durable: true,
  targets: [],
};

/** The ids of the checks that block an act of a backend of this kind, whose desk is as given. */
function blocks(
  kind: BackendKindDescriptor,
  act: ActDescriptor,
  given: { panic?: PanicState; ageMs?: number } = {},
): string[] {
  const desk = createDesk(silentLogger);
  const nowMs = START_MS + (given.ageMs ?? 0);
  desk.dispatch({ type: 'backend-configured', config: aBackend({ kind: kind.kind }) });
  desk.dispatch({ type: 'link-status', status: aLink() });
  desk.dispatch({ type: 'kill-switch', killSwitch: aKillSwitch() });
  desk.dispatch({ type: 'panic', state: given.panic ?? { kind: 'clear' } });
  desk.dispatch({
    type: 'approval-proposed',
    approval: anApproval({ expiresAtMs: nowMs + 1, priceThen: '1' }),
  });
  // An act that is complete: what is missing is another matter.
  const params = Object.fromEntries(act.params.map(({ name }) => [name, '1']));
  const command = { backendId: 'alpha', act: act.id, params: { ...params, approvalId: 'p1' } };
  const sources = {
    desk,
    fleet: { get: () => ({}) as never, kinds: () => kinds },
    settings: { get: () => settings.parse({}) },
    ledger: { used: () => ({ usd: '0', unknown: 0, count: 0 }) },
  };
  return guardChecks(gatherFacts(sources, command, nowMs))
    .filter(({ verdict }) => verdict === 'block')
    .map(({ id }) => id);
}

describe('every kind of backend', () => {
  it.each(kinds.map((kind) => [kind.kind, kind.panic] as const))(
    'K9 %s says what PANIC does there, what it leaves alone and what to do by hand',
    (_, { byHand, does, doesNot, supported }) => {
      const sentences = [...does, ...doesNot, byHand];
      expect(doesNot.length).toBeGreaterThan(0);
      expect(does.length > 0).toBe(supported);
      for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z“].{15,}[.]$/s);
    },
  );
});

describe('every act of every kind of backend', () => {
  it('A3 K3 is known to add risk where it does: whoever adds an act says it here, too', () => {
    const adding = acts.filter(([, , { risk }]) => risk === 'adds').map(([name]) => name);
    expect(adding.sort()).toEqual([
      'ai-trader start-classic',
      'ai-trader start-daily',
      'ai-trader start-intraday',
      'coinruler approval.approve',
      'coinruler approval.execute',
      'coinruler approvals.create',
      'coinruler objectives.replace',
      'coinruler profit-taking.scan',
      'coinruler rules.activate',
      'coinruler rules.create',
      'coinruler rules.optimize',
      'copy-trading copy.execute',
      'copy-trading follow',
      'copy-trading follow.settings',
    ]);
  });

  it.each(acts)(
    'K3 %s: while PANIC is latched it is held back exactly where it adds risk',
    (_, kind, act) => {
      expect(blocks(kind, act, { panic: latched }).includes('kill-switch')).toBe(act.risk === 'adds');
    },
  );

  it.each(acts)('A3 %s: on stale data it is held back exactly where it adds risk', (_, kind, act) => {
    expect(blocks(kind, act, { ageMs: 660_000 }).includes('fresh')).toBe(act.risk === 'adds');
  });

  it.each(acts)('A3 %s: with everything in order nothing holds it back', (_, kind, act) => {
    expect(blocks(kind, act)).toEqual([]);
  });

  it.each(acts.filter(([, , { stakes }]) => stakes !== undefined))(
    'A4 %s: what it puts at stake it says by parameters that it has',
    (_, __, act) => {
      const names = act.params.map(({ name }) => name);
      expect(
        Object.values(act.stakes ?? {}).every((name) => name !== undefined && names.includes(name)),
      ).toBe(true);
    },
  );
});
