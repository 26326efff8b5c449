import type { LedgerLine } from '../ledger.ts';
import type { Violation } from './violation.ts';
import type { SentRequest, WireLog } from './wire-log.ts';

/** How a kind is halted and how that is read back. */
interface WayOfHalt {
  halts(request: SentRequest): boolean;
  reads(request: SentRequest): boolean;
}

const posts = ({ made }: SentRequest, path: RegExp): boolean =>
  made.method === 'POST' && path.test(made.path);
const gets = ({ made }: SentRequest, path: RegExp): boolean => made.method === 'GET' && path.test(made.path);

const WAYS: Readonly<Record<string, WayOfHalt>> = {
  coinruler: {
    halts: (request) =>
      posts(request, /^\/kill-switch$/) && request.wire?.body.includes('"enabled":true') === true,
    reads: (request) => gets(request, /^\/kill-switch$/),
  },
  'ai-trader': {
    // A person may stop a model by an act of its own; only what PANIC stops has to be read back for it.
    halts: (request) => request.made.of === 'press' && posts(request, /\/stop(\/|$)/),
    reads: (request) => gets(request, /^\/api\/trading\/status$/),
  },
  'copy-trading': {
    halts: (request) => request.made.of === 'press' && posts(request, /unfollow/),
    reads: (request) => gets(request, /\/portfolio(\?|$)/),
  },
};

/**
 * K4: confirmed means read back after acting. Each time that a backend becomes confirmed, a reading stands in the ledger which was asked for
 * after the press and after the last request to halt, was answered by the server with success, and was answered before.
 */
export function judgeConfirmations(ledger: readonly LedgerLine[], wire: WireLog): Violation[] {
  const answeredAt = new Map<number, number>();
  ledger.forEach((line, index) => {
    if (line.kind === 'answered' && !answeredAt.has(line.number)) answeredAt.set(line.number, index);
  });

  function wasReadBack(kind: string, sinceIndex: number, confirmedIndex: number): boolean {
    const way = WAYS[kind];
    if (way === undefined) return false;
    const own = wire.all.filter(
      (request) =>
        request.wire?.kind === kind && request.index > sinceIndex && request.index < confirmedIndex,
    );
    const lastHalt = own.findLast((request) => way.halts(request))?.index ?? sinceIndex;
    return own.some((request) => {
      const heard = answeredAt.get(request.made.number);
      const succeeded = request.wire?.status === 200;
      return (
        way.reads(request) && succeeded && request.index > lastHalt && (heard ?? Infinity) < confirmedIndex
      );
    });
  }

  return openings(ledger).flatMap(({ backendId, sinceIndex, confirmedIndex }): Violation[] => {
    const kind = backendId.slice('bot-'.length);
    if (wasReadBack(kind, sinceIndex, confirmedIndex)) return [];
    const words = `${backendId} was called halted at line ${confirmedIndex + 1} without being read back after the request`;
    return [{ promise: 'K4', words }];
  });
}

interface Confirmation {
  backendId: string;
  /** The press, the start or the lifting since which it had to be read back. */
  sinceIndex: number;
  confirmedIndex: number;
}

/** Each time that a backend became confirmed, and since when it had not been. */
function openings(ledger: readonly LedgerLine[]): Confirmation[] {
  const found: Confirmation[] = [];
  /** Place since which a backend is not confirmed; `null` while it is. */
  let open = new Map<string, number | null>();
  let activation: string | null = null;
  let life = 0;
  let bornIndex = 0;
  ledger.forEach((line, index) => {
    if (line.life !== life) {
      life = line.life;
      bornIndex = index;
      open = new Map();
    }
    // A press is the beginning of an activation that the next state tells of.
    if (line.kind === 'press' && line.toRequestMs === null && activation === null) bornIndex = index;
    if (line.kind !== 'panic') return;
    if (line.state.kind !== 'latched') {
      activation = null;
      open = new Map();
      return;
    }
    activation = line.state.id;
    for (const { backendId, state } of line.state.targets) {
      const sinceIndex = open.get(backendId);
      if (state !== 'confirmed') {
        if (sinceIndex === undefined || sinceIndex === null) open.set(backendId, index);
        continue;
      }
      if (sinceIndex !== null)
        found.push({ backendId, sinceIndex: sinceIndex ?? bornIndex, confirmedIndex: index });
      open.set(backendId, null);
    }
  });
  return found;
}
