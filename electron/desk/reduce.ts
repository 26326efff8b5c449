import { assertNever } from '#shared/assert-never.ts';
import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';

import { applyAcknowledged, applyAlert } from './alerts.ts';
import { applyApprovalProposed, applyApprovalsRead, applyApprovalStatus } from './approvals.ts';
import { applyConfigured, applyRemoved } from './backends.ts';
import { isEqual } from './equal.ts';
import { applyFeed } from './feeds.ts';
import { applyKillSwitch } from './kill-switch.ts';
import { applyLinkRemoved, applyLinkStatus } from './links.ts';
import { applyPortfolio } from './portfolio.ts';
import { applyPriceAlerts } from './price-alerts.ts';
import type { IndexedDesk } from './state.ts';
import { applyTrade } from './trades.ts';

/**
 * What an event changes, as patches to commit in order; none when it changes nothing (a duplicate, a late one, one of a
 * backend that was taken away). Pure: no I/O, no clock. The cost follows what the event names, not the size of the desk.
 */
export function reduce(desk: IndexedDesk, event: DeskEvent): DeskPatch[] {
  const backendId = backendOf(event);
  if (backendId !== null && desk.isRemoved(backendId)) return [];
  switch (event.type) {
    case 'backend-configured':
      return applyConfigured(desk, event.config);
    case 'backend-removed':
      return applyRemoved(desk, event.backendId);
    case 'link-status':
      return applyLinkStatus(desk, event.status);
    case 'link-removed':
      return applyLinkRemoved(desk, event.backendId, event.linkId);
    case 'approvals-read':
      return applyApprovalsRead(desk, event);
    case 'approval-proposed':
      return applyApprovalProposed(desk, event.approval);
    case 'approval-status':
      return applyApprovalStatus(desk, event);
    case 'kill-switch':
      return applyKillSwitch(desk, event.killSwitch);
    case 'portfolio':
      return applyPortfolio(desk, event);
    case 'alert':
      return applyAlert(desk, event.alert);
    case 'alert-acknowledged':
      return applyAcknowledged(desk, event.alertKey, event.atMs);
    case 'trade':
      return applyTrade(desk, event.trade);
    case 'feed':
      return applyFeed(desk, event);
    case 'panic':
      return isEqual(desk.get('panic', 'panic'), event.state)
        ? []
        : [{ slice: 'panic', key: 'panic', value: event.state }];
    case 'rehearsal':
      return [{ slice: 'rehearsal', key: 'rehearsal', value: event.rehearsal }];
    case 'journal-health':
      return isEqual(desk.get('journal', 'journal'), event.health)
        ? []
        : [{ slice: 'journal', key: 'journal', value: event.health }];
    case 'watch':
      return isEqual(desk.get('watch', 'watch'), event.state)
        ? []
        : [{ slice: 'watch', key: 'watch', value: event.state }];
    case 'price-alerts':
      return applyPriceAlerts(desk, event.alerts);
    default:
      return assertNever(event);
  }
}

/** The backend that an event reports about; `null` for the desk's own events and for its configuration. */
function backendOf(event: DeskEvent): string | null {
  switch (event.type) {
    case 'link-status':
      return event.status.backendId;
    case 'link-removed':
    case 'approvals-read':
    case 'approval-status':
    case 'feed':
      return event.backendId;
    case 'approval-proposed':
      return event.approval.backendId;
    case 'kill-switch':
      return event.killSwitch.backendId;
    case 'portfolio':
      return event.portfolio.backendId;
    case 'alert':
      return event.alert.backendId;
    case 'trade':
      return event.trade.backendId;
    case 'backend-configured':
    case 'backend-removed':
    case 'alert-acknowledged':
    case 'panic':
    case 'rehearsal':
    case 'journal-health':
    case 'watch':
    case 'price-alerts':
      return null;
    default:
      return assertNever(event);
  }
}
