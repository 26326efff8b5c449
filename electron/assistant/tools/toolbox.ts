import { z } from 'zod';

import type { AssistantTool } from '#shared/domain/assistant/assistant.ts';

import type { ToolAnswer, ToolBox } from '../model/answer.ts';
import type { ToolCall } from '../model/calls.ts';
import { proposeTools } from './propose-tools.ts';
import { readTools } from './read-tools.ts';
import type { ToolSources } from './tool.ts';
import { ToolRefusal } from './tool.ts';

/** Cards in one answer; more is a model that was talked into flooding the person with them. */
const MOST_PROPOSALS = 3;

/** The tools that the person left on, for one answer. Whatever a model asks, the most that comes of it is a card. */
export function createToolBox(
  parts: ToolSources & { off: readonly AssistantTool[]; newId(): string },
): ToolBox {
  const tools = new Map(
    [...readTools, ...proposeTools]
      .filter(({ name }) => !parts.off.includes(name))
      .map((tool) => [tool.name as string, tool]),
  );
  const isOn = (some: readonly { name: string }[]): boolean => some.some(({ name }) => tools.has(name));
  let proposals = 0;

  async function run({ name, argumentsJson }: ToolCall): Promise<ToolAnswer> {
    const tool = tools.get(name);
    if (tool === undefined)
      throw new ToolRefusal(`There is no such tool. There are: ${[...tools.keys()].join(', ')}.`);
    const { citation, proposal, text } = await tool.run(parse(argumentsJson), parts);
    if (proposal !== undefined) {
      proposals += 1;
      if (proposals > MOST_PROPOSALS) throw new ToolRefusal('There are enough cards in this answer.');
    }
    return {
      text,
      citation: citation === undefined ? null : { tool: tool.name, ...citation },
      proposal:
        proposal === undefined
          ? null
          : { id: parts.newId(), ...proposal, atMs: parts.nowMs(), state: 'open', outcome: null },
    };
  }

  return {
    definitions: [...tools.values()].map(({ name, description, parameters }) => {
      const { $schema: _schema, ...schema } = z.toJSONSchema(parameters, { io: 'input' });
      return { type: 'function', function: { name, description, parameters: schema } };
    }),
    canRead: isOn(readTools),
    canPropose: isOn(proposeTools),
    async call(call) {
      try {
        return await run(call);
      } catch (error) {
        // Words of the desk's own; what else can fail (the journal) says no more than that.
        const text = error instanceof ToolRefusal ? error.message : 'This could not be read just now.';
        return { text: JSON.stringify({ error: text }), citation: null, proposal: null };
      }
    },
  };
}

function parse(argumentsJson: string): unknown {
  if (argumentsJson.trim() === '') return {};
  try {
    return JSON.parse(argumentsJson);
  } catch {
    throw new ToolRefusal('The parameters are not valid JSON.');
  }
}
