import { useEffect, useState } from 'react';

import type { Approval, GuardCheck } from '#shared/domain/approvals/approval.ts';
import { SECOND_MS } from '#shared/time.ts';

import { describeError, request } from '../../bridge.ts';
import { useNow } from '../../stores/clock.ts';
import { useEntry, useSlice } from '../../stores/desk.ts';
import { usePriceNow } from '../../stores/price-now.ts';
import { useSettings } from '../../stores/settings.ts';
import type { DecisionAct } from './decisions.ts';

export interface Checks {
  /** `null` until they are first answered. */
  checks: readonly GuardCheck[] | null;
  trouble: string | null;
}

/** Bursts of changes ask once. */
const DEBOUNCE_MS = 150;
/** Ages and expiry move without a patch. */
const PERIOD_MS = 5 * SECOND_MS;

/** The door's checks for an act as they stand now (A3); asked again whenever what they look at changes. */
export function useChecks(approval: Approval, act: DecisionAct): Checks {
  const [answer, setAnswer] = useState<Checks & { forId: string }>({
    checks: null,
    trouble: null,
    forId: '',
  });
  const price = usePriceNow(approval);
  const killSwitch = useEntry('killSwitches', approval.backendId);
  const panic = useEntry('panic', 'panic');
  const limits = useSettings()?.limits;
  const linkStates = useLinkStates(approval.backendId);
  const tick = useNow(PERIOD_MS);
  const { backendId, id } = approval;
  const forId = `${backendId}/${id}/${act}`;

  useEffect(() => {
    let current = true;
    const timer = window.setTimeout(() => {
      request('command.check', { backendId, act, params: { approvalId: id } }).then(
        (checks) => current && setAnswer({ checks, trouble: null, forId }),
        (error: unknown) => current && setAnswer({ checks: null, trouble: describeError(error), forId }),
      );
    }, DEBOUNCE_MS);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [
    backendId,
    id,
    act,
    forId,
    approval,
    price?.price,
    killSwitch?.enabled,
    panic,
    limits,
    linkStates,
    tick,
  ]);

  return answer.forId === forId ? answer : { checks: null, trouble: null };
}

/** The states of a backend's links in one text: equal while nothing about them changed that a check would see. */
function useLinkStates(backendId: string): string {
  const links = useSlice('links');
  return [...links.values()]
    .filter((link) => link.backendId === backendId)
    .map((link) => `${link.linkId}:${link.state.kind}`)
    .join(',');
}
