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
  round: string;
  value: T | null;
  trouble: string | null;
}

/**
 * Asks the main process when it is drawn, when the parameters or `version` change, and on `reload`. Late answers are dropped.
 * `version` is whatever tells that the answer may have become another.
 */
export function useRequest<N extends RequestName>(
  name: N,
  params: RequestParams<N>,
  version: number | string = 0,
): Asked<RequestResult<N>> {
  const key = JSON.stringify(params);
  const [asked, setAsked] = useState(0);
  const round = `${asked}/${version}`;
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

  const reload = useCallback(() => setAsked((before) => before + 1), []);
  const current = answer?.key === key ? answer : null;
  const newest = current?.round === round;
  return {
    value: current?.value ?? null,
    trouble: newest ? current.trouble : null,
    loading: !newest,
    reload,
  };
}
