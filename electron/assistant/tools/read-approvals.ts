import { z } from 'zod';

import { entryKey } from '#shared/domain/desk.ts';
import { approvalExpiresAtMs } from '#shared/domain/approvals/approval-expiry.ts';

import { citationOf, counted } from './citation.ts';
import { answerOf, isoOf, told } from './rows.ts';
import { defineTool } from './tool.ts';

/** The queue and what became of it, with the desk's own checks on what is pending. */
export const readApprovals = defineTool({
  name: 'read_approvals',
  description:
    'Proposals of bots that wait for the person (pending), or were decided. Each has a key, by which a decision can be proposed.',
  parameters: z.object({
    status: z.enum(['pending', 'decided', 'all']).default('pending'),
    text: z.string().max(100).default(''),
    limit: z.number().int().min(1).max(50).default(20),
  }),
  run({ status, text, limit }, { desk, door, limits }) {
    const wanted = text.trim().toLowerCase();
    const found = [...desk.entries('approvals')]
      .map(([, approval]) => approval)
      .filter(
        (one) =>
          (status === 'all' || (one.status === 'pending') === (status === 'pending')) &&
          (wanted === '' ||
            `${one.title} ${one.reason} ${one.instrument ?? ''}`.toLowerCase().includes(wanted)),
      )
      .sort((a, b) => b.createdAtMs - a.createdAtMs);
    const shown = found.slice(0, limit);
    const rows = shown.map((one) => ({
      key: entryKey(one.backendId, one.id),
      status: one.status,
      side: one.side,
      instrument: told(one.instrument),
      quantity: one.quantity,
      allocationPct: one.allocationPct,
      valueUsd: one.valueUsd,
      priceThen: one.priceThen,
      title: told(one.title),
      reason: told(one.reason),
      riskNotes: one.riskNotes.slice(0, 5).map((note) => told(note)),
      proposer: told(one.proposer),
      createdAt: isoOf(one.createdAtMs),
      expiresAt: isoOf(approvalExpiresAtMs(one, limits())),
      decidedBy: told(one.decidedBy),
      checksThatDoNotPass:
        one.status === 'pending'
          ? door
              .check({ backendId: one.backendId, act: 'approval.approve', params: { approvalId: one.id } })
              .filter(({ verdict }) => verdict !== 'pass')
              .map(({ label, verdict, detail }) => ({ label, verdict, detail: told(detail) }))
          : [],
    }));
    return {
      text: answerOf({}, rows, found.length),
      citation: citationOf(counted(shown.length, 'proposal'), shown, (one) => ({
        label: one.title,
        place: 'approvals',
        itemId: entryKey(one.backendId, one.id),
      })),
    };
  },
});
