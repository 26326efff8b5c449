import { useEffect, useState } from 'react';

import type { Stretch } from '#shared/domain/journal/downtime.ts';

import { describeError } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { readSlice } from '../../stores/desk.ts';
import type { ReadReport } from './read-report.ts';
import { readReport } from './read-report.ts';
import { edgesOf } from './report-period.ts';

interface AskedReport {
  read: ReadReport | null;
  /** Entries read so far. */
  progress: number;
  trouble: string | null;
  again: () => void;
}

/** The report of a stretch, made when it is first asked for and again on demand. A later question ends the earlier one. */
export function useReport({ fromMs, toMs }: Stretch, practice: boolean): AskedReport {
  const [round, setRound] = useState(0);
  const key = `${fromMs}/${toMs}/${practice}/${round}`;
  const [answer, setAnswer] = useState<Omit<AskedReport, 'again'> & { key: string }>(() => ({
    key,
    ...NONE,
  }));

  useEffect(() => {
    let isOver = false;
    const atMs = nowMs();
    const stretch = { fromMs, toMs };
    const order = {
      stretch,
      dayEdges: edgesOf(stretch, atMs),
      practice,
      backends: [...readSlice('backends').values()],
      worth: [...readSlice('portfolios').values()],
      nowMs: atMs,
      isOver: () => isOver,
      onProgress(progress: number) {
        if (!isOver) setAnswer({ key, ...NONE, progress });
      },
    };
    readReport(order).then(
      (read) => {
        if (!isOver) setAnswer({ key, ...NONE, read });
      },
      (error: unknown) => {
        if (!isOver) setAnswer({ key, ...NONE, trouble: describeError(error) });
      },
    );
    return () => {
      isOver = true;
    };
  }, [fromMs, toMs, practice, key]);

  const current = answer.key === key ? answer : NONE;
  return { ...current, again: () => setRound(round + 1) };
}

const NONE = { read: null, progress: 0, trouble: null };
