import { z } from 'zod';

import { t } from '../../words.ts';

import { decimalString } from '../../decimal-string.ts';
import { HOUR_MS } from '../../time.ts';
import { epochMs } from '../../epoch-ms.ts';
import { severity } from '../alerts/alert.ts';
import { destination } from '../attention/attention.ts';
import { backendId } from '../backends/backend.ts';
import { priceAlertText, priceCondition } from '../alerts/price-alert.ts';

/** Whose secret the model's key is in the vault. */
export const ASSISTANT_ID = 'assistant';
export const MODEL_KEY_NAME = 'apiKey';

/** What a model may ask the desk for. Those that read change nothing; those that propose put a card in the conversation. */
export const assistantTool = z.enum([
  'read_desk',
  'read_portfolio',
  'read_approvals',
  'read_alerts',
  'read_trades',
  'read_models',
  'read_limits',
  'search_journal',
  'propose_decision',
  'propose_limit',
  'propose_mute',
  'propose_price_alert',
]);
export type AssistantTool = z.infer<typeof assistantTool>;

const perMillion = decimalString
  .refine((value) => !value.startsWith('-'), t('must not be negative'))
  .nullable();

export const assistantSettings = z.object({
  enabled: z.boolean().default(false),
  /** Of a server that speaks as OpenAI's does, up to and with its version: `http://localhost:11434/v1`. */
  address: z.string().max(500).default(''),
  model: z.string().max(200).default(''),
  /** In US dollars, as the person knows it. */
  inputPerMillionUsd: perMillion.default(null),
  outputPerMillionUsd: perMillion.default(null),
  toolsOff: z.array(assistantTool).max(40).default([]),
  /** The address of which the person has read what it receives. */
  noticedAddress: z.string().max(500).default(''),
});
export type AssistantSettings = z.infer<typeof assistantSettings>;

/** Who answers in a conversation: the model that was set up, or a backend's own chat. */
export const answerer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('model') }),
  z.object({ kind: z.literal('backend'), backendId: z.string().max(80) }),
]);
export type Answerer = z.infer<typeof answerer>;

/** Something that was read for an answer, and where the window shows it. */
export const citation = z.object({
  tool: assistantTool,
  /** What was read, in words, such as "3 alerts". */
  label: z.string().max(200),
  items: z.array(z.object({ label: z.string().max(200), destination })).max(20),
});
export type Citation = z.infer<typeof citation>;

/** Limits that can be proposed: those over single decisions and a day, not what is set for one backend or instrument. */
export const proposableLimit = z.enum([
  'softValueUsd',
  'hardValueUsd',
  'softDayUsd',
  'hardDayUsd',
  'softPriceDriftPct',
  'maxPriceDriftPct',
]);
export type ProposableLimit = z.infer<typeof proposableLimit>;

/** What the model proposes. It happens only by the person's click, and only as the desk's own guards allow. */
export const proposalWish = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('decision'),
    approvalKey: z.string().max(300),
    decision: z.enum(['approve', 'decline']),
    title: z.string().max(300),
  }),
  z.object({
    kind: z.literal('limit'),
    name: proposableLimit,
    /** `null` is off. */
    before: decimalString.nullable(),
    after: decimalString.nullable(),
    /** It allows more than before. */
    loosens: z.boolean(),
  }),
  z.object({
    /** Not to be told of one kind of alert of one backend, or to be told again. What is critical is told all the same. */
    kind: z.literal('mute'),
    backendId,
    alertKind: z.string().min(1).max(60),
    on: z.boolean(),
  }),
  z.object({
    kind: z.literal('price-alert'),
    symbol: priceAlertText.shape.symbol,
    practice: z.boolean(),
    condition: priceCondition,
    severity,
  }),
]);

export type ProposalWish = z.infer<typeof proposalWish>;

/** A card that nobody answered is out of date after this: what spoke for it then may not any more. */
export const CARD_LASTS_MS = HOUR_MS;

export const proposal = z.object({
  id: z.string().max(80),
  wish: proposalWish,
  /** Why, in the model's words. */
  reason: z.string().max(1_000),
  atMs: epochMs,
  state: z.enum(['open', 'taken', 'dismissed']),
  /** What came of it, in words; `null` while it is open. */
  outcome: z.string().max(1_000).nullable(),
});
export type Proposal = z.infer<typeof proposal>;

export const tokenUsage = z.object({
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
});
export type TokenUsage = z.infer<typeof tokenUsage>;

/**
 * One thing said. Answers hang below the question they belong to, questions below the answer before them: a question that is
 * edited and an answer that is asked for again are siblings. An answer that did not end as it should says so for good.
 */
export const chatTurn = z.object({
  id: z.string().max(80),
  parentId: z.string().max(80).nullable(),
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  atMs: epochMs,
  /** `broken-off`: the desk ended while it was under way. */
  end: z.enum(['under-way', 'complete', 'stopped', 'failed', 'broken-off']),
  /** What is to be known about how it ended, in words. */
  trouble: z.string().nullable(),
  /** Who said it: the model or backend by name; empty for the person. */
  by: z.string(),
  citations: z.array(citation),
  proposals: z.array(proposal),
  /** `null` where the server does not tell. */
  usage: tokenUsage.nullable(),
});
export type ChatTurn = z.infer<typeof chatTurn>;

export interface ConversationSummary {
  id: string;
  title: string;
  answerer: Answerer;
  createdAtMs: number;
  updatedAtMs: number;
  /** The last turn of the branch that is shown. */
  headId: string | null;
  questions: number;
  usage: TokenUsage;
  /** Answers of which the server did not tell what they took. */
  untold: number;
}

export interface Conversation {
  summary: ConversationSummary;
  /** Of all branches. */
  turns: ChatTurn[];
}

/** A conversation as a search finds it: with the words around what was found. */
export interface FoundConversation extends ConversationSummary {
  snippet: string | null;
  /** The newest turn that holds the words; `null` where nothing was looked for, or the title has them. */
  foundTurnId: string | null;
}

export interface ConversationList {
  conversations: FoundConversation[];
  /** Why they are not kept on the disk as they should be; `null` when they are. */
  trouble: string | null;
}

/** What happens in conversations, as it goes to the window: text at most once a frame. */
export type AssistantEvent =
  /** `at` is how long the answer was before; whoever has less has missed something. */
  | { kind: 'text'; conversationId: string; turnId: string; at: number; text: string }
  | { kind: 'turn'; conversationId: string; turn: ChatTurn }
  | { kind: 'conversation'; summary: ConversationSummary }
  | { kind: 'removed'; conversationId: string }
  /** Why they are not kept on the disk as they should be; `null` once they are. */
  | { kind: 'trouble'; trouble: string | null };

/** The turns from the first to `headId`, oldest first. */
export function branchOf(turns: ReadonlyMap<string, ChatTurn>, headId: string | null): ChatTurn[] {
  const branch: ChatTurn[] = [];
  const seen = new Set<string>();
  for (let id = headId; id !== null && !seen.has(id);) {
    seen.add(id);
    const turn = turns.get(id);
    if (turn === undefined) break;
    branch.push(turn);
    id = turn.parentId;
  }
  return branch.reverse();
}
