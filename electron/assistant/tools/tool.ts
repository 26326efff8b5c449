import type { z } from 'zod';

import type { AttentionPolicySettings } from '#shared/domain/attention/attention-policy.ts';
import type { AssistantTool, Citation, ProposalWish } from '#shared/domain/assistant/assistant.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';

import type { CommandDoor } from '../../commands/port.ts';
import type { DeskReader } from '../../desk/port.ts';
import type { JournalPort } from '../../journal/port.ts';

/** What tools read from. Nothing in it acts. */
export interface ToolSources {
  desk: DeskReader;
  journal: Pick<JournalPort, 'search'>;
  door: Pick<CommandDoor, 'check'>;
  limits(): Limits;
  mutedKinds(): AttentionPolicySettings['mutedKinds'];
  nowMs(): number;
}

export interface ToolResult {
  text: string;
  citation?: Omit<Citation, 'tool'>;
  proposal?: { wish: ProposalWish; reason: string };
}

/** One thing that a model can ask for. `run` throws a `ToolRefusal` with words for the model, and changes nothing. */
export interface Tool {
  name: AssistantTool;
  description: string;
  parameters: z.ZodObject;
  run(args: unknown, sources: ToolSources): ToolResult | Promise<ToolResult>;
}

/** Why a tool does not do what the model asked for. */
export class ToolRefusal extends Error {}

/** Ties the schema of the parameters to the function that takes them. */
export function defineTool<Shape extends z.ZodRawShape>(tool: {
  name: AssistantTool;
  description: string;
  parameters: z.ZodObject<Shape>;
  run(args: z.output<z.ZodObject<Shape>>, sources: ToolSources): ToolResult | Promise<ToolResult>;
}): Tool {
  return {
    ...tool,
    run(args, sources) {
      const parsed = tool.parameters.safeParse(args);
      if (!parsed.success) {
        const wrong = parsed.error.issues
          .slice(0, 4)
          .map(({ path, message }) => `${path.join('.') || 'parameters'}: ${message}`);
        throw new ToolRefusal(`The parameters are wrong (${wrong.join('; ')}).`);
      }
      return tool.run(parsed.data, sources);
    },
  };
}
