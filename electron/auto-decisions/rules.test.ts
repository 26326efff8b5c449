import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { DecisionRule } from '#shared/domain/approvals/decision-rule.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';
import { settings } from '#shared/domain/settings/settings.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { Preparation } from '../backends/port.ts';
import type { CommandBench } from '../commands/testing/command-bench.ts';
import { aCommand, createReadyBench, heldBack } from '../commands/testing/command-bench.ts';
import type { ScriptedBackend } from '../commands/testing/scripted-backend.ts';
import { anApproval, aPortfolio, START_MS } from '#shared/domain/testing/entries.ts';
import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { openSettings } from '../settings/settings-store.ts';
import { createRuleDesk } from './rule-desk.ts';
import { startRules } from './runner.ts';

let bench: CommandBench & { alpha: ScriptedBackend };
let stop: () => void;
beforeEach(async () => {
  bench = await createReadyBench();
  let requests = 0;
  stop = startRules({
    ...bench,
    settings: { get: bench.settings },
    newRequestId: () => `rule-request-${(requests += 1)}`,
  });
});
afterEach(() => {
  stop();
});

const aRule = (given: Partial<DecisionRule> = {}): DecisionRule => ({
  id: 'rule-000001',
  name: 'Small dips',
  backendId: 'alpha',
  decision: 'approve',
  kinds: [],
  sides: ['buy'],
  instruments: ['BTC'],
  maxValueUsd: '100',
  maxDayUsd: '250',
  maxDayCount: null,
  hours: null,
  practice: false,
  on: true,
  onSinceMs: START_MS,
  ...given,
});

const aDip = (id: string, atMs: number): Partial<Approval> => ({
  id,
  title: id,
  quantity: '0.0018',
  priceThen: '50000',
  valueUsd: '90',
  createdAtMs: atMs,
  receivedAtMs: atMs,
});
async function propose(id: string, given: Partial<Approval> = {}): Promise<void> {
  bench.propose({ ...aDip(id, bench.clock.now()), ...given });
  await bench.settle();
}
const sent = (): string[] => bench.alpha.calls.filter((call) => call.startsWith('perform'));
const lines = () => bench.journal.records.filter(({ kind }) => kind === 'command');

describe('A7 rules for automatic decisions', () => {
  it('A7 there are none out of the box, and then nothing is decided by itself', async () => {
    expect(settings.parse({}).decisionRules).toEqual([]);
    await propose('r1');
    await bench.pass(2 * MINUTE_MS);
    expect(sent()).toEqual([]);
  });

  it('A7 each use goes through the door as the rule’s, and is journaled with its name and words', async () => {
    bench.setRules([aRule()]);
    await propose('r1');
    expect(bench.approval('r1')).toMatchObject({ status: 'approved', decidedHere: true });
    expect(lines()[0]).toMatchObject({
      summary: expect.stringContaining('asked from rule "Small dips" (Approve proposals of Alpha') as string,
      data: {
        phase: 'intent',
        origin: 'rule',
        rule: {
          id: 'rule-000001',
          name: 'Small dips',
          words: expect.stringContaining('up to $100 each') as string,
        },
      },
    });
  });

  it('A7 decides once, however often the proposal is listed again', async () => {
    bench.setRules([aRule()]);
    bench.alpha.script.perform = () => Promise.resolve({ kind: 'refused', message: 'No.', result: null });
    await propose('r1');
    const pending = anApproval(aDip('r1', START_MS));
    for (const readAtMs of [START_MS + 1, START_MS + 2]) {
      const event = { type: 'approvals-read', backendId: 'alpha', complete: true, readAtMs } as const;
      bench.desk.dispatch({ ...event, approvals: [{ ...pending, riskNotes: [String(readAtMs)] }] });
      await bench.settle();
    }
    expect(sent()).toHaveLength(1);
  });

  it('A7 an older one that waited before the rule was switched on stays with the person', async () => {
    await propose('r1');
    bench.setRules([aRule({ onSinceMs: START_MS + 1 })]);
    await propose('r1', { riskNotes: ['again'] });
    expect(sent()).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['a soft limit asks', () => bench.setLimits({ softValueUsd: '50' })],
    ['a soft limit of the day asks', () => bench.setLimits({ softDayUsd: '50' })],
    ['a hard limit blocks', () => bench.setLimits({ hardValueUsd: '50' })],
    ['the price now is not known', () => bench.desk.dispatch(noHoldings)],
  ])('A7 leaves it to the person when %s, and says so in the journal', async (_, given) => {
    given();
    bench.setRules([aRule()]);
    await propose('r1');
    expect(sent()).toEqual([]);
    expect(bench.approval('r1')?.status).toBe('pending');
    expect(lines()).toHaveLength(1);
    expect(lines()[0]?.data).toMatchObject({
      phase: 'outcome',
      status: 'blocked',
      rule: { name: 'Small dips' },
    });
  });

  it('A7 switched off, it stops at once, also what is under way and not sent', async () => {
    bench.setRules([aRule()]);
    const reading = heldBack<Preparation>();
    bench.alpha.script.prepare = () => reading.promise;
    await propose('r1');
    expect(bench.alpha.calls).toContain('prepare approval.approve');
    bench.setRules([aRule({ on: false })]);
    reading.release({ checks: [], subject: null });
    await bench.settle();
    expect(sent()).toEqual([]);
    expect(bench.approval('r1')?.status).toBe('pending');
  });

  it('A7 edited or removed on the way, it does not send either', async () => {
    for (const [id, rules] of [
      ['r1', [aRule({ maxValueUsd: '10' })]],
      ['r2', []],
    ] as const) {
      bench.setRules([aRule()]);
      const reading = heldBack<Preparation>();
      bench.alpha.script.prepare = () => reading.promise;
      await propose(id);
      bench.setRules(rules);
      reading.release({ checks: [], subject: null });
      await bench.settle();
    }
    expect(sent()).toEqual([]);
  });

  it('A5 a person’s click while a rule is under way is one decision, and theirs where the rule is held back', async () => {
    const mine = (approvalId: string) => bench.door.submit(aCommand({ params: { approvalId } }));
    bench.setRules([aRule()]);
    let reading = heldBack<Preparation>();
    bench.alpha.script.prepare = () => reading.promise;
    await propose('r1');
    const joined = mine('r1');
    reading.release({ checks: [], subject: null });
    expect((await joined).status).toBe('confirmed');
    expect(sent()).toHaveLength(1);

    reading = heldBack<Preparation>();
    await propose('r2');
    const own = mine('r2');
    bench.setRules([aRule({ on: false })]);
    reading.release({ checks: [], subject: null });
    expect((await own).status).toBe('confirmed');
    expect(sent()).toHaveLength(2);
  });

  it('A7 two at the same moment do not both take the rest of its day', async () => {
    bench.setRules([aRule({ maxDayUsd: '150' })]);
    const reading = heldBack<Preparation>();
    bench.alpha.script.prepare = () => reading.promise;
    await propose('r1');
    await propose('r2');
    reading.release({ checks: [], subject: null });
    await bench.settle();
    expect(sent()).toHaveLength(1);
  });

  it('A7 declining comes before approving, with the rule as its reason', async () => {
    const decline = aRule({
      id: 'rule-000002',
      name: 'No more',
      decision: 'decline',
      maxValueUsd: null,
      maxDayUsd: null,
    });
    bench.setRules([aRule(), decline]);
    await propose('r1');
    expect(sent()).toEqual(['perform approval.decline']);
    expect(bench.alpha.performed[0]).toEqual({ approvalId: 'r1', reason: 'Rule "No more"' });
  });
});

describe('A7 K3 rules rest', () => {
  const decline = () => aRule({ decision: 'decline', maxValueUsd: null, maxDayUsd: null });

  it.each([
    ['approving', aRule],
    ['declining', decline],
  ])('A7 while PANIC is latched, %s too; and what waited then stays with the person', async (_, rule) => {
    bench.setRules([rule()]);
    bench.panic.press('window');
    await bench.pass(1_000);
    await propose('r1');
    expect(sent()).toEqual([]);
    await bench.panic.resume(RESUME_WORD, 'window');
    await bench.pass(2 * MINUTE_MS);
    expect(sent()).toEqual([]);
    expect(bench.approval('r1')?.status).toBe('pending');
  });

  it('A7 while data is stale; fresh within a minute it decides, later it is the person’s', async () => {
    bench.setRules([decline()]);
    bench.link({ state: { kind: 'connecting', sinceMs: START_MS, attempt: 1 } });
    await propose('r1');
    expect(sent()).toEqual([]);
    bench.link({ dataAtMs: bench.clock.now() });
    await bench.settle();
    expect(sent()).toEqual(['perform approval.decline']);

    bench.link({ state: { kind: 'connecting', sinceMs: START_MS, attempt: 1 } });
    await propose('r2');
    await bench.pass(MINUTE_MS + 10_000);
    bench.link({ dataAtMs: bench.clock.now() });
    await bench.pass(MINUTE_MS);
    expect(sent()).toHaveLength(1);
  });
});

describe('A7 rules as a person keeps them', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  function aRuleDesk() {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-rules-'));
    folders.push(folder);
    const store = openSettings({ folder, clock: createManualClock(START_MS), log: silentLogger });
    return { store, rules: createRuleDesk({ ...bench, settings: store }) };
  }

  it('A7 a new rule is off, one that was edited is off again, and only switching turns it on', () => {
    const { rules, store } = aRuleDesk();
    const { on: _on, onSinceMs: _since, practice: _practice, ...text } = aRule();
    rules.save(text);
    expect(store.get().decisionRules).toMatchObject([{ on: false, onSinceMs: null, practice: false }]);
    rules.switch(text.id, true);
    expect(store.get().decisionRules).toMatchObject([{ on: true, onSinceMs: START_MS }]);
    rules.save({ ...text, maxValueUsd: '5000' });
    expect(store.get().decisionRules).toMatchObject([{ on: false, onSinceMs: null, maxValueUsd: '5000' }]);
    expect(bench.journal.records.map(({ summary }) => summary.split(':')[0])).toEqual([
      'Rule "Small dips" written, switched off',
      'Rule "Small dips" switched on',
      'Rule "Small dips" written, switched off',
    ]);
  });

  it('A7 one that approves without a most is refused', () => {
    const { rules } = aRuleDesk();
    expect(() => rules.save(aRule({ maxDayUsd: null }))).toThrow('most a day');
  });

  it('A7 a dry run says what it would have decided, and decides nothing', async () => {
    const { rules } = aRuleDesk();
    const seen: [string, Partial<Approval>][] = [
      ['d1', { valueUsd: '90' }],
      ['d2', { valueUsd: '101' }],
      ['d3', { side: 'sell' }],
      ['d4', { valueUsd: '90' }],
      ['d5', { valueUsd: '90' }],
    ];
    for (const [id, given] of seen) {
      const data = anApproval({ id, valueUsd: '90', ...given });
      bench.journal.append({ atMs: START_MS, kind: 'approval', backendId: 'alpha', summary: id, data });
    }
    const again = anApproval({ id: 'd1', valueUsd: '90' });
    bench.journal.append({
      atMs: START_MS + 9,
      kind: 'approval',
      backendId: 'alpha',
      summary: 'd1',
      data: again,
    });
    const verdicts = (await rules.dryRun(aRule({ maxDayUsd: '180' }), 100)).map(
      ({ proposal, verdict }) => `${proposal.id} ${verdict}`,
    );
    expect(verdicts).toEqual(['d1 approve', 'd2 leave', 'd3 none', 'd4 approve', 'd5 leave']);
    expect((await rules.dryRun(aRule(), 2)).map(({ proposal }) => proposal.id)).toHaveLength(2);
    expect(sent()).toEqual([]);
  });
});

const noHoldings = {
  type: 'portfolio',
  portfolio: aPortfolio({ totalUsd: null, occurredAtMs: START_MS + 1, receivedAtMs: START_MS + 1 }),
  holdings: [],
  depositUsd: null,
} as const;
