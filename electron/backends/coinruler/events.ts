import type { z } from 'zod';

import { parseJson } from '#shared/json.ts';
import { parseDateMs } from '#shared/time.ts';

import type { MessageVerdict } from '../../connections/port.ts';
import { stamped } from '../../connections/port.ts';
import { DATA, KEEP_ALIVE, rejected, usePayload } from '../kit/verdict.ts';
import { eventTime, plainAlert, plainEnvelope, plainPortfolio } from './plain-events.ts';
import {
  wireAlert,
  wireApproval,
  wireApprovalUpdate,
  wireEnvelope,
  wireExecutionAlert,
  wireKillSwitch,
  wirePortfolioEvent,
  wireTradeResult,
  wireTradeSubmitted,
} from './protocol.ts';
import type { WireSnapshot } from './protocol.ts';
import type { Trackers } from './trackers.ts';

/** What an event can only announce: it has to be read. */
export interface Announcements {
  approvalsChanged(): void;
  killSwitchUnclear(): void;
  executionsChanged(): void;
  deposited(snapshot: WireSnapshot): void;
}

/** Takes one message of `/live` (§5.1): applies it, or says why it could not. Never throws on bad input (D5). */
export function takeEvent(text: string, trackers: Trackers, announce: Announcements): MessageVerdict {
  const message = parseJson(text);
  const envelope = plainEnvelope(message) ?? wireEnvelope.safeParse(message).data;
  if (envelope === undefined) return rejected('not an event');
  const { type, data } = envelope;
  return stamped(apply(type, data, trackers, announce), parseDateMs(eventTime(data) ?? ''));
}

function apply(type: string, data: unknown, trackers: Trackers, announce: Announcements): MessageVerdict {
  function applied<S extends z.ZodType>(
    schema: S,
    apply: (wire: z.output<S>) => void,
    plain: z.output<S> | null = null,
  ): MessageVerdict {
    const use = (wire: z.output<S>): MessageVerdict => {
      apply(wire);
      return DATA;
    };
    return usePayload({ name: type, payload: data }, schema, use, plain);
  }

  switch (type) {
    case 'connected':
      return KEEP_ALIVE;
    case 'approval:created':
      return applied(wireApproval, (wire) => trackers.approvals.proposed(wire));
    case 'approval:updated':
      return applied(wireApprovalUpdate, (wire) => trackers.approvals.updated(wire));
    case 'killswitch:changed':
      return applied(wireKillSwitch, (wire) => {
        if (trackers.killSwitch.changed(wire).enabled === null) announce.killSwitchUnclear();
      });
    case 'portfolio:updated':
      return applied(
        wirePortfolioEvent,
        (wire) => {
          if (!('snapshot' in wire)) {
            const { balances: quantities, prices, totalUSD: totalUsd, timestamp: occurredAtMs } = wire;
            trackers.portfolio.updated({ quantities, prices, totalUsd, occurredAtMs });
          } else if (trackers.portfolio.claim(wire.snapshot, wire.isDeposit === true)) {
            if (wire.isDeposit === true) announce.deposited(wire.snapshot);
            else trackers.portfolio.snapshot(wire.snapshot);
          }
        },
        plainPortfolio(data),
      );
    case 'trade:submitted':
      return applied(wireTradeSubmitted, (wire) => trackers.trades.submitted(wire));
    case 'trade:result':
      return applied(wireTradeResult, (wire) => {
        if (!trackers.trades.result(wire)) announce.executionsChanged();
      });
    case 'alert':
      return applied(
        wireAlert,
        (wire) => {
          trackers.alerts.raised(wire);
          // Only this alert tells which approval an execution belongs to (§5.1).
          if (wire.type === 'execution') takeExecution(wire.data, trackers);
          // A scan creates approvals without announcing them; an automatic sale is announced by its alert alone.
          if (wire.type === 'profit_taking') announce.approvalsChanged();
          if (wire.type === 'profit_taking_auto') announce.executionsChanged();
        },
        plainAlert(data),
      );
    default:
      return rejected('unknown event');
  }
}

function takeExecution(data: unknown, trackers: Trackers): void {
  const parsed = wireExecutionAlert.safeParse(data);
  if (parsed.success && parsed.data.trade?.ok !== false) trackers.trades.executed(parsed.data.exec);
}
