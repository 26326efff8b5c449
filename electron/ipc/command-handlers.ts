import type { CommandOrigin } from '#shared/domain/command.ts';

import type { RuleDesk } from '../auto-decisions/port.ts';
import type { CommandDoor, PanicControl, RehearsalControl } from '../commands/port.ts';
import { RequestError } from './request-error.ts';
import type { RequestHandlers } from './router.ts';

export interface CommandHandlerParts {
  door: CommandDoor;
  panic: PanicControl;
  rehearsal: RehearsalControl;
  rules: RuleDesk;
}

type CommandRequest = Extract<
  keyof RequestHandlers,
  `command.${string}` | `panic.${string}` | `rules.${string}` | 'decisions.history'
>;

/** The gestures that happen inside the window; the others are the main process's own and cannot be claimed from there. */
const WINDOW_ORIGINS: ReadonlySet<CommandOrigin> = new Set<CommandOrigin>([
  'window',
  'palette',
  'hotkey',
  'assistant',
]);

/** What the window does: decisions and acts through the one door, PANIC, and the rules by which decisions are made. */
export function createCommandHandlers({
  door,
  panic,
  rehearsal,
  rules,
}: CommandHandlerParts): Pick<RequestHandlers, CommandRequest> {
  return {
    'command.submit': (command) => {
      requireWindowOrigin(command.origin);
      return door.submit(command);
    },
    'command.check': (command) => door.check(command),
    'decisions.history': ({ limit }) => door.history(limit),

    'panic.press': ({ origin, withPractice }) => {
      requireWindowOrigin(origin);
      panic.press(origin, withPractice);
      return null;
    },
    'panic.resume': ({ typedWord }) => panic.resume(typedWord, 'window'),
    'panic.rehearse': ({ origin }) => {
      requireWindowOrigin(origin);
      return rehearsal.run(origin);
    },

    'rules.save': (rule) => rules.save(rule),
    'rules.switch': ({ ruleId, on }) => rules.switch(ruleId, on),
    'rules.remove': ({ ruleId }) => rules.remove(ruleId),
    'rules.dry-run': ({ rule, last }) => rules.dryRun(rule, last),
  };
}

function requireWindowOrigin(origin: CommandOrigin): void {
  if (!WINDOW_ORIGINS.has(origin))
    throw new RequestError('bad-request', 'The window cannot act in this name.');
}
