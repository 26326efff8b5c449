import { useCallback, useEffect, useState } from 'react';

import type { RequestName, RequestParams, RequestResult } from '#shared/ipc/contract.ts';

import { describeError, request } from '../bridge.ts';

export interface Asked<T> {
  /** The newest answer to this question; stays while it is asked again. `null` before the first. */
  value: T | null;
  /** Why the newest attempt failed, in words. */
  trouble: string | null;
  loading: boolean;
  reload: () => void;
}

interface Answer<T> {
  key: string;
  round: number;
  value: T | null;
  trouble: string | null;
}

/** Asks the main process when it is drawn, when the parameters change, and on `reload`. Late answers are dropped. */
export function useRequest<N extends RequestName>(
  name: N,
  params: RequestParams<N>,
): Asked<RequestResult<N>> {
  const key = JSON.stringify(params);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer<RequestResult<N>> | null>(null);

  useEffect(() => {
    let awaited = true;
    request(name, JSON.parse(key) as RequestParams<N>).then(
      (value) => {
        if (awaited) setAnswer({ key, round, value, trouble: null });
      },
      (error: unknown) => {
        if (!awaited) return;
        setAnswer((before) => ({
          key,
          round,
          value: before?.key === key ? before.value : null,
          trouble: describeError(error),
        }));
      },
    );
    return () => {
      awaited = false;
    };
  }, [name, key, round]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  const current = answer?.key === key ? answer : null;
  const newest = current?.round === round;
  return {
    value: current?.value ?? null,
    trouble: newest ? current.trouble : null,
    loading: !newest,
    reload,
  };
}
