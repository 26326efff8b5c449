import type { DecimalString } from '../../money.ts';

/** What sort of wish a proposal is: a trade of so many units, of a share of the balance, a stake, or a change that trades nothing. */
export const PROPOSAL_KINDS = ['trade', 'share', 'stake', 'change'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export function proposalKindOf({
  side,
  quantity,
  allocationPct,
}: {
  side: 'buy' | 'sell' | 'stake' | 'other';
  quantity: DecimalString | null;
  allocationPct: DecimalString | null;
}): ProposalKind {
  switch (side) {
    case 'stake':
      return 'stake';
    case 'buy':
    case 'sell':
      return quantity === null && allocationPct !== null ? 'share' : 'trade';
    case 'other':
      return 'change';
  }
}
