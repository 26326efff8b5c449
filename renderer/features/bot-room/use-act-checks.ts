import { useEffect, useState } from 'react';

import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import { SECOND_MS } from '#shared/time.ts';

import { describeError, request } from '../../bridge.ts';
import { useNow } from '../../stores/clock.ts';
import { useEntry } from '../../stores/desk.ts';
import type { FieldParams } from '../../ui/field-values.ts';

interface ActChecks {
  /** `null` until they are first answered. */
  checks: readonly GuardCheck[] | null;
  trouble: string | null;
}

/** Typing asks once it pauses. */
const DEBOUNCE_MS = 250;
/** Ages of data move without a patch. */
const PERIOD_MS = 5 * SECOND_MS;
const NOT_YET: ActChecks = { checks: null, trouble: null };

/** The door's checks for an act with these parameters as they stand now (A3). `params: null`: nothing to check yet. */
export function useActChecks(backendId: string, act: string, params: FieldParams | null): ActChecks {
  const [answer, setAnswer] = useState<ActChecks & { forKey: string }>({ ...NOT_YET, forKey: '' });
  const killSwitch = useEntry('killSwitches', backendId);
  const panic = useEntry('panic', 'panic');
  const tick = useNow(PERIOD_MS);
  const key = params === null ? null : JSON.stringify([backendId, act, params]);

  useEffect(() => {
    if (key === null) return;
    let awaited = true;
    const timer = window.setTimeout(() => {
      const [, , given] = JSON.parse(key) as [string, string, FieldParams];
      request('command.check', { backendId, act, params: given }).then(
        (checks) => awaited && setAnswer({ checks, trouble: null, forKey: key }),
        (error: unknown) =>
          awaited && setAnswer({ checks: null, trouble: describeError(error), forKey: key }),
      );
    }, DEBOUNCE_MS);
    return () => {
      awaited = false;
      window.clearTimeout(timer);
    };
  }, [backendId, act, key, killSwitch?.enabled, panic, tick]);

  return answer.forKey === key ? answer : NOT_YET;
}
