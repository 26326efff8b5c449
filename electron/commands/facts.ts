import type { Approval } from '#shared/domain/approval.ts';
import type { ActDescriptor, BackendConfig, BackendKindDescriptor } from '#shared/domain/backend.ts';
import type { Command } from '#shared/domain/command.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { KillSwitch, PanicState } from '#shared/domain/kill-switch.ts';
import type { LinkStatus } from '#shared/domain/link.ts';
import type { Holding } from '#shared/domain/portfolio.ts';
import type { Limits } from '#shared/domain/settings.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { DeskReader } from '../desk/port.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { Decision } from './decision.ts';
import { decisionOf } from './decision.ts';

/** Everything the guards look at, gathered at one moment so that they can be pure. */
export interface Facts {
  command: Pick<Command, 'backendId' | 'act' | 'params'>;
  nowMs: number;
  limits: Limits;
  /** Undefined where no such backend is configured. */
  config: BackendConfig | undefined;
  connected: boolean;
  kind: BackendKindDescriptor | undefined;
  act: ActDescriptor | undefined;
  panic: PanicState | undefined;
  killSwitch: KillSwitch | undefined;
  links: LinkStatus[];
  decision: Decision | null;
  approval: Approval | undefined;
  /** What the backend holds of the proposal's instrument, for its price now. */
  holding: Holding | undefined;
}

export interface FactSources {
  desk: DeskReader;
  fleet: Pick<Fleet, 'get' | 'kinds'>;
  settings: Pick<SettingsPort, 'get'>;
}

export function gatherFacts(sources: FactSources, command: Facts['command'], nowMs: number): Facts {
  const { desk, fleet, settings } = sources;
  const { backendId } = command;
  const config = desk.get('backends', backendId);
  const kind = fleet.kinds().find((descriptor) => descriptor.kind === config?.kind);
  const decision = decisionOf(command);
  const approval =
    decision === null ? undefined : desk.get('approvals', entryKey(backendId, decision.approvalId));
  const instrument = approval?.instrument ?? null;
  return {
    command,
    nowMs,
    limits: settings.get().limits,
    config,
    connected: fleet.get(backendId) !== undefined,
    kind,
    act: kind?.acts.find((act) => act.id === command.act),
    panic: desk.get('panic', 'panic'),
    killSwitch: desk.get('killSwitches', backendId),
    links: linksOf(desk, backendId),
    decision,
    approval,
    holding: instrument === null ? undefined : desk.get('holdings', entryKey(backendId, instrument)),
  };
}

export function linksOf(desk: DeskReader, backendId: string): LinkStatus[] {
  const links: LinkStatus[] = [];
  for (const [, link] of desk.entries('links')) if (link.backendId === backendId) links.push(link);
  return links;
}
