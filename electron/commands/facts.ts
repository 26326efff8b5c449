import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { ActDescriptor, BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import type { Command } from '#shared/domain/command.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { KillSwitch, PanicState } from '#shared/domain/panic/kill-switch.ts';
import type { ExpiryLimits } from '#shared/domain/approvals/approval-expiry.ts';
import type { LimitsForOne } from '#shared/domain/approvals/limits.ts';
import { limitsFor } from '#shared/domain/approvals/limits.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { MarketPrice } from '#shared/domain/market/market-price.ts';
import { freshestPrice } from '#shared/domain/market/market-price.ts';
import { supersededKeys } from '#shared/domain/approvals/superseded.ts';
import type { DecimalString } from '#shared/money.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { DeskReader } from '../desk/port.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { DecisionLedger, DayUse } from './decision-ledger.ts';
import type { Decision } from './decision.ts';
import { decisionOf } from './decision.ts';
import type { Ruling } from './ruling.ts';
import type { Stake } from './stake.ts';
import { instrumentOf, stakeOf, worthOf } from './stake.ts';

/** A day's limit and what of it is used without this command; `used` is `null` until the day's decisions are read. */
interface DayLimit {
  soft: DecimalString | null;
  hard: DecimalString | null;
  used: DayUse | null;
}

/** Everything the guards look at, gathered at one moment so that they can be pure. */
export interface Facts {
  command: Pick<Command, 'backendId' | 'act' | 'params' | 'ruleId'> & { origin?: Command['origin'] };
  nowMs: number;
  limits: LimitsForOne;
  expiry: ExpiryLimits;
  /** Over all backends of this side, real or practice, and of this backend alone. */
  day: { all: DayLimit; own: DayLimit };
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
  /** The newer proposal that took this one's place. */
  supersededBy: Approval | undefined;
  /** The freshest price that any backend has of what this is about, and that backend's name. */
  price: (MarketPrice & { backendName: string }) | null;
  stake: Stake | null;
  /** `null` for what a person asks. */
  ruling: Ruling | null;
}

export interface FactSources {
  desk: DeskReader;
  fleet: Pick<Fleet, 'get' | 'kinds'>;
  settings: Pick<SettingsPort, 'get'>;
  ledger: Pick<DecisionLedger, 'used'>;
}

export function gatherFacts(sources: FactSources, command: Facts['command'], nowMs: number): Facts {
  const { desk, fleet, settings } = sources;
  const { backendId, params } = command;
  const { decisionRules, limits } = settings.get();
  const config = desk.get('backends', backendId);
  const practice = config?.practice ?? false;
  const kind = fleet.kinds().find((descriptor) => descriptor.kind === config?.kind);
  const act = kind?.acts.find(({ id }) => id === command.act);
  const decision = decisionOf(command);
  const approvalKey = decision === null ? null : entryKey(backendId, decision.approvalId);
  const approval = approvalKey === null ? undefined : desk.get('approvals', approvalKey);
  const price = priceNow(desk, backendId, instrumentOf(approval, act, params), nowMs);
  return {
    command,
    nowMs,
    limits: limitsFor(limits, backendId),
    expiry: limits,
    day: dayLimits(sources, command, practice, nowMs),
    config,
    connected: fleet.get(backendId) !== undefined,
    kind,
    act,
    panic: desk.get('panic', 'panic'),
    killSwitch: desk.get('killSwitches', backendId),
    links: linksOf(desk, backendId),
    decision,
    approval,
    supersededBy:
      approvalKey === null || approval === undefined
        ? undefined
        : supersededKeys(values(desk, 'approvals'), limits).get(approvalKey),
    price,
    stake: stakeOf({ approval, act, params, price }),
    ruling:
      command.ruleId === undefined
        ? null
        : {
            rule: decisionRules.find(({ id }) => id === command.ruleId) ?? null,
            today: sources.ledger.used({ practice, backendId: null, ruleId: command.ruleId }, nowMs),
            valueUsd: approval === undefined ? null : worthOf(approval, price).valueUsd,
          },
  };
}

function priceNow(
  desk: DeskReader,
  backendId: string,
  instrument: string | null,
  nowMs: number,
): Facts['price'] {
  if (instrument === null) return null;
  const sources = {
    backends: values(desk, 'backends'),
    links: values(desk, 'links'),
    portfolios: values(desk, 'portfolios'),
    holdings: values(desk, 'holdings'),
    quotes: values(desk, 'quotes'),
  };
  const found = freshestPrice({ backendId, instrument }, sources, nowMs);
  return found === null
    ? null
    : { ...found, backendName: desk.get('backends', found.backendId)?.name ?? found.backendId };
}

/** The same proposal counts once: what was approved before it is executed is not used twice. */
function dayLimits(
  { settings, ledger }: FactSources,
  command: Facts['command'],
  practice: boolean,
  nowMs: number,
): Facts['day'] {
  const { limits } = settings.get();
  const own = limits.byBackend[command.backendId];
  const except = decisionOf(command)?.approvalId ?? null;
  const used = (backendId: string | null) =>
    ledger.used({ practice, backendId, except: { backendId: command.backendId, approvalId: except } }, nowMs);
  return {
    all: { soft: limits.softDayUsd, hard: limits.hardDayUsd, used: used(null) },
    own: { soft: own?.softDayUsd ?? null, hard: own?.hardDayUsd ?? null, used: used(command.backendId) },
  };
}

export function linksOf(desk: DeskReader, backendId: string): LinkStatus[] {
  return values(desk, 'links').filter((link) => link.backendId === backendId);
}

function values<S extends Parameters<DeskReader['size']>[0]>(desk: DeskReader, slice: S) {
  return [...desk.entries(slice)].map(([, value]) => value);
}
