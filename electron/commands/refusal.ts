import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { Command, CommandOutcome } from '#shared/domain/command.ts';

/** Refuses what a check forbids, whatever the person has confirmed; `null` where none does. */
export function blocked(command: Command, checks: GuardCheck[]): CommandOutcome | null {
  const blocks = checks.filter((check) => check.verdict === 'block');
  return blocks.length > 0 ? outcomeOf(command, 'blocked', detailsOf(blocks), checks) : null;
}

/** Refuses what a check forbids, and what asks a question that the person has not answered; `null` where the command may go out. */
export function refusal(command: Command, checks: GuardCheck[]): CommandOutcome | null {
  const refused = blocked(command, checks);
  if (refused !== null) return refused;
  const asked = checks.filter(
    ({ verdict, id }) => verdict === 'warn' && !command.acceptedWarnings.includes(id),
  );
  if (asked.length === 0) return null;
  const message = `Needs your second confirmation: ${detailsOf(asked)}`;
  return outcomeOf(command, 'blocked', message, checks);
}

/** Two checks may say the same, which a person needs to read once. */
const detailsOf = (checks: readonly GuardCheck[]): string =>
  [...new Set(checks.map((check) => check.detail))].join(' ');

/** A command's end in the desk's own words, without a result of its backend. */
export function outcomeOf(
  { requestId }: Command,
  status: CommandOutcome['status'],
  message: string,
  checks: GuardCheck[],
): CommandOutcome {
  return { requestId, status, message, checks, result: null };
}
