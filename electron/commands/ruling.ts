import type { DecisionRule } from '#shared/domain/approvals/decision-rule.ts';
import type { DecimalString } from '#shared/money.ts';

import type { DayUse } from './decision-ledger.ts';

/** A command that a rule asks for: the rule as it stands at this moment (`null`: gone), and what it did today. */
export interface Ruling {
  rule: DecisionRule | null;
  today: DayUse | null;
  valueUsd: DecimalString | null;
}
