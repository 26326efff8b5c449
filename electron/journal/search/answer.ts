import type { DatabaseSync } from 'node:sqlite';

import { previewPruning } from '../chain/pruning.ts';
import { readCandles } from '../file/candles.ts';
import type { ReadCall, ReadResult } from '../queue/protocol.ts';
import { equityAt } from './equity-at.ts';
import { equity, headBefore, recall, search } from './reader.ts';

type Question = Exclude<ReadCall, { name: 'verify' }>;

export function answer(database: DatabaseSync, call: Question, nowMs: number): ReadResult {
  switch (call.name) {
    case 'search':
      return { name: 'search', value: search(database, call.query) };
    case 'equity':
      return { name: 'equity', value: equity(database, call.range) };
    case 'equity-at':
      return { name: 'equity', value: equityAt(database, call.timesMs) };
    case 'candles':
      return { name: 'candles', value: readCandles(database, call.range) };
    case 'retention':
      return { name: 'retention', value: previewPruning(database, call.retention, nowMs) };
    case 'head':
      return { name: 'head', value: headBefore(database, call.beforeMs) };
    case 'recall':
      return { name: 'recall', value: recall(database, call.key) };
  }
}

/** The answer of a file that goes on where `older` ends: together they are one journal. What `older` cannot tell is left out. */
export function answerBoth(
  older: DatabaseSync,
  database: DatabaseSync,
  call: Question,
  nowMs: number,
): ReadResult {
  const own = answer(database, call, nowMs);
  if (own.name === 'search' && call.name === 'search') {
    const missing = call.query.limit - own.value.length;
    if (missing <= 0) return own;
    const rest = attempt(() => search(older, { ...call.query, limit: missing }));
    return { name: 'search', value: [...own.value, ...(rest ?? [])] };
  }
  if (own.name === 'recall' || own.name === 'retention' || (own.name === 'head' && own.value !== null))
    return own;
  const before = attempt(() => answer(older, call, nowMs));
  if (own.name === 'equity' && before?.name === 'equity')
    return { name: 'equity', value: [...before.value, ...own.value] };
  if (own.name === 'candles' && before?.name === 'candles')
    return { name: 'candles', value: [...before.value, ...own.value] };
  return own.name === 'head' ? (before ?? own) : own;
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
