import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';

import type { DeskReader } from '../../desk/port.ts';
import { createAlertPolicy } from './alerts.ts';
import { createApprovalPolicy } from './approvals.ts';
import type { Consideration } from './considered.ts';
import { createFillPolicy } from './fills.ts';
import { createHaltPolicy } from './halts.ts';
import type { Manners } from './manners.ts';
import { createModelPolicy } from './models.ts';
import { createPanicPolicy } from './panic.ts';
import { createTroublePolicy } from './troubles.ts';
import { createWatchPolicy } from './watch.ts';

/** What a change of the desk means for the person's attention. Told every change in order; does nothing itself. */
export type Policy = (patches: readonly DeskPatch[], event: DeskEvent) => Consideration;

export function createPolicy(desk: DeskReader, startedAtMs: number, manners: Manners): Policy {
  const parts: Policy[] = [
    createPanicPolicy(desk, startedAtMs, manners),
    createHaltPolicy(desk, manners),
    createApprovalPolicy(desk, manners),
    createAlertPolicy(desk, startedAtMs, manners),
    createFillPolicy(desk, startedAtMs, manners),
    createModelPolicy(desk, startedAtMs, manners),
    createTroublePolicy(desk, manners),
    createWatchPolicy(desk, manners),
  ];
  return (patches, event) => {
    const considered = parts.map((part) => part(patches, event));
    return {
      notices: considered.flatMap((part) => part.notices),
      withdrawn: considered.flatMap((part) => part.withdrawn),
    };
  };
}
