import { z } from 'zod';

import type { DecimalString } from '../../money.ts';
import type { EpochMs } from '../../time.ts';
import type { Approval } from './approval.ts';
import type { CommandOrigin, CommandOutcome } from '../command.ts';
import type { DecisionRuleUse } from './decision-rule.ts';

/** How the fate of a command that was open ended: as intended, not at all, by somebody else, or nobody can tell. */
export const settledAs = z.enum(['confirmed', 'rejected', 'otherwise', 'unknown']);
export type SettledAs = z.infer<typeof settledAs>;

/** What a server answered to one request of an act, as the journal keeps it: cut, cleaned and redacted. */
export interface HeardAnswer {
  /** Method and path. */
  asked: string;
  /** `null` where nothing usable came; `body` then says what happened instead. */
  status: number | null;
  body: string;
  latencyMs: number;
}

/** One command as the journal tells of it: who asked, from where, for what, and what became of it. */
export interface CommandRecord {
  requestId: string;
  backendId: string;
  act: string;
  askedAtMs: EpochMs;
  origin: CommandOrigin;
  approvalId: string | null;
  /** Why, in the person's words. */
  reason: string | null;
  proposal: Approval | null;
  practice: boolean;
  valueUsd: DecimalString | null;
  addsRisk: boolean;
  rule: DecisionRuleUse | null;
  /** Written down to be sent; what never got that far was blocked before. */
  intended: boolean;
  /** `null` while it is under way, and for ever where the desk ended in between. */
  outcome: { status: CommandOutcome['status']; message: string; latencyMs: number | null } | null;
  settled: { as: SettledAs; message: string; atMs: EpochMs } | null;
}
