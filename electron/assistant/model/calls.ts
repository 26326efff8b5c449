import { isMembers, parseJson } from '#shared/json.ts';

import { ModelFailure } from './failure.ts';
import type { WireCall } from './wire.ts';

/** A call as the model wrote it; nothing about it is checked. */
export interface ToolCall {
  /** Another one for each call of an answer. */
  id: string;
  name: string;
  argumentsJson: string;
}

interface Begun extends ToolCall {
  index: number | null;
}

const MOST_CALLS = 16;
const MOST_ARGUMENTS = 20_000;

/**
 * Calls come in fragments: the first names the tool, the following bring its parameters a few letters each. Servers differ in
 * what tells them apart: some send the same index for all, some none, some repeat the name or the id, some send each call whole.
 */
export function createCallGatherer() {
  const begun: Begun[] = [];

  function begin({ index, id, name }: WireCall): Begun {
    if (begun.length >= MOST_CALLS)
      throw new ModelFailure('too-large', `The model asked for more than ${MOST_CALLS} things at once.`);
    const call: Begun = { index, id, name, argumentsJson: '' };
    begun.push(call);
    return call;
  }

  return {
    add(part: WireCall): void {
      const known =
        part.index === null
          ? (begun.findLast(({ id }) => part.id !== '' && id === part.id) ?? begun.at(-1))
          : begun.findLast(({ index }) => index === part.index);
      const call = known !== undefined && goesOn(known, part) ? known : begin(part);
      call.id ||= part.id;
      call.name ||= part.name;
      call.argumentsJson += part.arguments;
      if (call.argumentsJson.length > MOST_ARGUMENTS)
        throw new ModelFailure('too-large', 'The model asked for something that is longer than it can be.');
    },
    /** In the order in which they began, each with an id that is none of those taken, which it then is. */
    gathered(taken: Set<string>): ToolCall[] {
      return begun.map(({ id: given, name, argumentsJson }) => {
        const id = given === '' || taken.has(given) ? `desk-call-${taken.size}` : given;
        taken.add(id);
        return { id, name, argumentsJson };
      });
    },
  };
}

/** Whether a fragment belongs to a call that has begun. */
function goesOn(call: Begun, part: WireCall): boolean {
  if (part.id !== '' && call.id !== '' && part.id !== call.id) return false;
  // A name begins a call, unless it is said again while the parameters are on their way.
  return part.name === '' || (part.name === call.name && !isWhole(call.argumentsJson));
}

const isWhole = (argumentsJson: string): boolean => isMembers(parseJson(argumentsJson));

/**
 * The call as it goes back to the server among what was said. Servers refuse a whole conversation for parameters that are no
 * object and for names that no tool can have, whoever wrote them.
 */
export const callAsSaid = ({ id, name, argumentsJson }: ToolCall) => ({
  id,
  type: 'function' as const,
  function: {
    name: name.replace(/[^\w-]/g, '_').slice(0, 64) || 'unknown',
    arguments: isWhole(argumentsJson) ? argumentsJson : '{}',
  },
});
