import type { Command, CommandOutcome } from '#shared/domain/command.ts';

import type { LedgerLine } from '../ledger.ts';
import type { Ending } from '../play.ts';
import type { JournalFile } from './read-journal.ts';
import type { Violation } from './violation.ts';
import type { WireLog } from './wire-log.ts';
import { tookEffect, wasDone } from './wire-log.ts';

interface Submitted {
  command: Command;
  life: number;
  outcome: CommandOutcome | null;
}

/** A5: every command has an outcome, nothing is applied twice, and what was said of it is true. */
export function judgeCommands(
  ledger: readonly LedgerLine[],
  journal: JournalFile,
  wire: WireLog,
  ending: Ending,
): Violation[] {
  const lastLife = Math.max(...ledger.map(({ life }) => life));
  const phases = phasesOf(journal);
  const all = submittedIn(ledger);
  return all.flatMap((one) => [
    ...ended(one, one.life === lastLife, phases, wire),
    ...once(one.command, wire),
    ...honest(one, wire),
    ...settled(one, all, phases, ending),
  ]);
}

function submittedIn(ledger: readonly LedgerLine[]): Submitted[] {
  const all = new Map<string, Submitted>();
  for (const line of ledger) {
    if (line.kind === 'submit' && !all.has(line.command.requestId))
      all.set(line.command.requestId, { command: line.command, life: line.life, outcome: null });
    const known = line.kind === 'outcome' ? all.get(line.requestId) : undefined;
    if (line.kind === 'outcome' && known !== undefined) known.outcome ??= line.outcome;
  }
  return [...all.values()];
}

/** Which phases of each command the journal holds. */
function phasesOf(journal: JournalFile): ReadonlyMap<string, Set<string>> {
  const phases = new Map<string, Set<string>>();
  for (const { kind, data } of journal.entries) {
    if (kind !== 'command') continue;
    const parsed: unknown = JSON.parse(data);
    if (typeof parsed !== 'object' || parsed === null || !('requestId' in parsed) || !('phase' in parsed))
      continue;
    const known = phases.get(String(parsed.requestId)) ?? new Set();
    phases.set(String(parsed.requestId), known.add(String(parsed.phase)));
  }
  return phases;
}

/** In a life that went on it has an outcome; one that was cut short is closed in the journal by a later life. */
function ended(
  { command, outcome }: Submitted,
  wentOn: boolean,
  phases: ReadonlyMap<string, Set<string>>,
  wire: WireLog,
): Violation[] {
  const { requestId } = command;
  const known = phases.get(requestId) ?? new Set();
  if (outcome === null && wentOn)
    return [{ promise: 'A5', words: `${nameOf(command)} never had an outcome` }];
  const wasSent = wire.actsOf(requestId).length > 0;
  if (wasSent && !known.has('intent') && outcome?.message.includes('NOT DURABLE') !== true)
    return [
      {
        promise: 'A5',
        words: `${nameOf(command)} was sent, and the journal does not know that it was asked`,
      },
    ];
  if (known.has('intent') && !known.has('outcome') && !known.has('settled'))
    return [{ promise: 'A5', words: `${nameOf(command)} stands in the journal without an end` }];
  return [];
}

/** The same request reaches the server once, unless it was refused before. */
function once(command: Command, wire: WireLog): Violation[] {
  const counts = Map.groupBy(
    wire.actsOf(command.requestId).filter(tookEffect),
    ({ made }) => `${made.method} ${made.path}`,
  );
  return [...counts].flatMap(([request, sent]): Violation[] =>
    sent.length > 1
      ? [{ promise: 'A5', words: `${nameOf(command)} reached the server ${sent.length} times: ${request}` }]
      : [],
  );
}

function honest({ command, outcome }: Submitted, wire: WireLog): Violation[] {
  const acts = wire.actsOf(command.requestId);
  const lie = (words: string): Violation[] => [
    { promise: 'A5', words: `${nameOf(command)} was called ${outcome?.status}, and ${words}` },
  ];
  if (outcome?.status === 'blocked' && acts.length > 0)
    return lie(`${acts.length} requests were made for it`);
  if (!PLAIN.has(command.act)) return [];
  if (outcome?.status === 'confirmed' && !wire.actsOn(command).some(tookEffect))
    return lie('the server never got it');
  if (outcome?.status === 'rejected' && acts.some(wasDone)) return lie('the server did it');
  return [];
}

/** Acts whose request alone says what became of them. */
const PLAIN = new Set(['approval.approve', 'approval.decline']);

/**
 * A decision whose fate was open is settled later, or the desk says that it does not know. The same decision by a second gesture is carried by
 * the first, and is settled under its number.
 */
function settled(
  { command, outcome }: Submitted,
  all: readonly Submitted[],
  phases: ReadonlyMap<string, Set<string>>,
  ending: Ending,
): Violation[] {
  const { approvalId } = command.params;
  if (outcome?.status !== 'unconfirmed' || typeof approvalId !== 'string') return [];
  const own = phases.get(command.requestId);
  const carriers = own?.has('intent') === true ? [command] : all.map((one) => one.command);
  const isSettled = carriers.some(
    ({ act, params, requestId }) =>
      act === command.act &&
      params.approvalId === approvalId &&
      phases.get(requestId)?.has('settled') === true,
  );
  if (isSettled) return [];
  const shown = ending.desk?.approvals.find(({ id }) => id === approvalId);
  if (shown === undefined || HONEST.has(shown.status)) return [];
  return [{ promise: 'A5', words: `${nameOf(command)} was never settled, and is shown as ${shown.status}` }];
}

/** Also what somebody decided after all. */
const HONEST = new Set(['unknown', 'gone', 'approved', 'declined', 'executed', 'other']);

const nameOf = ({ act, requestId, params }: Command): string =>
  `${requestId} (${act} ${JSON.stringify(params)})`;
