import { describe, expect, it } from 'vitest';

import type { Destination } from '#shared/domain/attention/attention.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';
import { entryKey } from '#shared/domain/desk.ts';

import type { QuickDecision } from './quick-decision.ts';
import { createQuickDecision, parseApprovalKey } from './quick-decision.ts';

const decision: QuickDecision = {
  origin: 'tray',
  act: 'approval.approve',
  backendId: 'main',
  approvalId: 'a1',
};

describe('a decision from the tray or a notification', () => {
  it('A3 goes through the door like any other, with no warning accepted beforehand', async () => {
    const { decide, submitted } = start('confirmed');
    await decide(decision);
    expect(submitted).toEqual([
      {
        requestId: 'request-1',
        backendId: 'main',
        act: 'approval.approve',
        params: { approvalId: 'a1' },
        origin: 'tray',
        acceptedWarnings: [],
      },
    ]);
  });

  it('asks nothing and opens nothing when it is done', async () => {
    const { decide, opened, told } = start('confirmed');
    await decide(decision);
    expect({ opened, told }).toEqual({ opened: [], told: [] });
  });

  it.each(['blocked', 'rejected', 'unconfirmed', 'needs-code'] as const)(
    'A4 A5 opens the window at the approval when the answer is %s, and says why',
    async (status) => {
      const { decide, opened, told } = start(status);
      await decide(decision);
      expect(opened).toEqual([{ place: 'approvals', itemId: 'main/a1' }]);
      expect(told).toEqual([`${status} words`]);
    },
  );

  it('finds the approval by the key that a notice carries', () => {
    expect(parseApprovalKey(entryKey('main', 'a/b'))).toEqual({ backendId: 'main', approvalId: 'a/b' });
    for (const key of ['', '/', 'main', 'main/', '/a1']) expect(parseApprovalKey(key)).toBeNull();
  });
});

function start(status: CommandOutcome['status']) {
  const submitted: Command[] = [];
  const opened: Destination[] = [];
  const told: string[] = [];
  const decide = createQuickDecision({
    door: {
      submit(command) {
        submitted.push(command);
        return Promise.resolve({
          requestId: command.requestId,
          status,
          message: `${status} words`,
          checks: [],
          result: null,
        });
      },
    },
    newRequestId: () => 'request-1',
    open: (destination) => opened.push(destination),
    tell: (outcome) => told.push(outcome.message),
  });
  return { decide, opened, submitted, told };
}
