import type { Command } from '#shared/domain/command.ts';

import type { WireRequest } from '../fault-proxy.ts';
import type { LedgerLine } from '../ledger.ts';

export type MadeLine = Extract<LedgerLine, { kind: 'request' }>;

/** A request as the desk made it and as it passed the proxy; `wire` is missing when it never got so far. */
export interface SentRequest {
  made: MadeLine;
  /** Place in the ledger. */
  index: number;
  wire: WireRequest | null;
}

export interface WireLog {
  /** In the order in which the desk made them. */
  all: readonly SentRequest[];
  /** Those of a command that could change something; signing in is none of them. */
  actsOf(requestId: string): SentRequest[];
  /** Those on the proposal that a command is about, for whichever command: what two windows ask at once is sent for one. */
  actsOn(command: Command): SentRequest[];
}

export function createWireLog(ledger: readonly LedgerLine[], wire: readonly WireRequest[]): WireLog {
  const byNumber = new Map(wire.map((request) => [request.number, request]));
  const all = ledger.flatMap((line, index): SentRequest[] =>
    line.kind === 'request' ? [{ made: line, index, wire: byNumber.get(line.number) ?? null }] : [],
  );
  const byCommand = Map.groupBy(
    all.filter(({ made }) => isAct(made)),
    ({ made }) => made.of,
  );
  return {
    all,
    actsOf: (requestId) => byCommand.get(requestId) ?? [],
    actsOn({ params: { approvalId } }) {
      if (typeof approvalId !== 'string') return [];
      const path = `/approvals/${approvalId}`;
      return all.filter(({ made }) => isAct(made) && made.path.startsWith(path));
    },
  };
}

const isAct = ({ method, path }: MadeLine): boolean =>
  method !== 'GET' && !/\/auth\/|\/login|\/signin|\/socket\.io/.test(path);

/** The server got it and did not refuse it. */
export const tookEffect = ({ wire }: SentRequest): boolean =>
  wire !== null && wire.reachedMs !== null && (wire.status ?? 0) < 300;

/** The server got it and said that it did it. */
export const wasDone = (request: SentRequest): boolean =>
  tookEffect(request) && request.wire?.status !== null;

/** What makes a server trade more than it would have. */
export function addsRisk({ made, wire }: SentRequest): boolean {
  const { method, path } = made;
  if (/^\/approvals\/[^/]+$/.test(path) && method === 'PATCH')
    return wire?.body.includes('"approved"') ?? false;
  if (method !== 'POST') return false;
  return (
    /^\/approvals\/[^/]+\/execute/.test(path) ||
    path.startsWith('/api/trading/start') ||
    path.startsWith('/api/traders/follow')
  );
}
