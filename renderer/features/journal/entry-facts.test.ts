import { describe, expect, it } from 'vitest';

import { formatDateTime } from '../../ui/format.ts';
import { entryFacts, relatedIds } from './entry-facts.ts';

const facts = (record: unknown, summary = ''): string[] =>
  entryFacts(JSON.stringify(record), summary).map(({ name, value }) => `${name}: ${value}`);

describe('a record in plain words', () => {
  it('tells a decision with its checks, its proposal and how long it took', () => {
    const record = {
      act: 'approval.approve',
      phase: 'intent',
      origin: 'tray',
      params: { approvalId: 'p-123456' },
      proposal: { id: 'p-123456', title: 'Sell 0.1 BTC' },
      acceptedWarnings: ['drift'],
      checks: [{ id: 'limit', label: 'Limit', verdict: 'warn', detail: 'Above $1,000' }],
      latencyMs: 412,
    };
    expect(facts(record)).toEqual([
      'Act: approval.approve',
      'Phase: intent',
      'Origin: tray',
      'Approval id: p-123456',
      'Proposal: Sell 0.1 BTC',
      'Accepted warnings: drift',
      'Limit: warn. Above $1,000',
      'Latency: 412 ms',
    ]);
  });

  it('tells what each server answered, how long it took, and that nothing came', () => {
    const answers = [
      { asked: 'PATCH /approvals/1', status: 200, body: '{"ok":true}', latencyMs: 31 },
      { asked: 'POST /kill-switch', status: null, body: 'It did not answer in time.', latencyMs: 4_000 },
    ];
    expect(facts({ answers })).toEqual([
      'Answer to PATCH /approvals/1: 200 after 31 ms: {"ok":true}',
      'Answer to POST /kill-switch: no answer after 4000 ms: It did not answer in time.',
    ]);
  });

  it('tells what became of a notification, what a setting was, and why a link is not live', () => {
    expect(facts({ outcomes: [{ channel: 'native', result: 'blocked', reason: 'Not here.' }] })).toEqual([
      'Native: blocked. Not here.',
    ]);
    expect(facts({ changed: [{ name: 'attention.sound', before: true, after: null }] })).toEqual([
      'Attention sound: yes → none',
    ]);
    expect(
      facts({ kind: 'waiting', sinceMs: 5_000, cause: { code: 'silent', message: 'Nothing came.' } }),
    ).toEqual(['Kind: waiting', `Since: ${formatDateTime(5_000)}`, 'Code: silent', 'Message: Nothing came.']);
  });

  it('leaves out what the summary says, what is empty, and what is no JSON', () => {
    expect(facts({ message: 'Up', severity: 'high', instrument: null, facts: [] }, 'Up')).toEqual([]);
    expect(entryFacts('{"half', '')).toEqual([]);
  });
});

describe('what ties a record to others', () => {
  it('are the ids of its request and its proposal', () => {
    const record = {
      requestId: 'request-1',
      params: { approvalId: 'p-123456' },
      proposal: { id: 'p-123456' },
    };
    expect(relatedIds(JSON.stringify(record))).toEqual(['request-1', 'p-123456']);
    expect(relatedIds(JSON.stringify({ id: '7', approvalId: 'say "no"' }))).toEqual([]);
  });
});
