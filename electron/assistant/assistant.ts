import type { AssistantEvent, ChatTurn, ConversationSummary } from '#shared/domain/assistant/assistant.ts';
import { branchOf } from '#shared/domain/assistant/assistant.ts';
import type { ChatMessage } from '#shared/domain/assistant/chat.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { CommandDoor } from '../commands/port.ts';
import type { DeskReader } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from '../vault/port.ts';
import type { OpenConversation } from './book.ts';
import { createBook } from './book.ts';
import { standsIn } from './links.ts';
import { answerWithModel } from './model/answer.ts';
import { contextOf } from './model/context.ts';
import { parseEndpoint } from './model/endpoint.ts';
import { createModelClient } from './model/model-client.ts';
import { testConnection } from './model/test-connection.ts';
import { createModelKey } from './model-key.ts';
import type { ProposalDesk } from './proposals.ts';
import { settleProposal } from './proposals.ts';
import { blankTurn, newConversation } from './new-turns.ts';
import type { AssistantPort, ConversationStore } from './port.ts';
import type { RunningAnswer } from './running-answer.ts';
import { createRunningAnswer } from './running-answer.ts';
import { createToolBox } from './tools/toolbox.ts';

export interface AssistantParts extends Pick<
  ProposalDesk,
  'changeLimits' | 'changeMutedKinds' | 'setPriceAlert'
> {
  store: ConversationStore;
  fleet: Pick<Fleet, 'get'>;
  settings: Pick<SettingsPort, 'get'>;
  vault: VaultPort;
  clock: Clock;
  log: Logger;
  newId(): string;
  desk: DeskReader;
  journal: Pick<JournalPort, 'search'>;
  door: Pick<CommandDoor, 'check'>;
  push(event: AssistantEvent): void;
}

interface Running {
  answer: RunningAnswer;
  controller: AbortController;
  finish(end: ChatTurn['end'], trouble: string | null, usage?: ChatTurn['usage']): void;
}

/** Holds conversations and lets models and backends answer in them. It reads, and passes on what they say; it acts on nothing (S8). */
export function createAssistant(parts: AssistantParts): AssistantPort {
  const { clock, fleet, log, newId, push, settings, store, vault } = parts;
  const book = createBook(store);
  const modelKey = createModelKey(vault);
  const running = new Map<string, Running>();
  let toldTrouble = store.trouble();

  const limits = () => settings.get().limits;
  const mutedKinds = () => settings.get().attentionPolicy.mutedKinds;
  const newToolBox = () =>
    createToolBox({
      desk: parts.desk,
      journal: parts.journal,
      door: parts.door,
      limits,
      mutedKinds,
      nowMs: clock.now,
      newId,
      off: settings.get().assistant.toolsOff,
    });

  function require(conversationId: string): OpenConversation {
    const found = book.find(conversationId);
    if (found === null) throw new Error('This conversation is gone.');
    return found;
  }

  /** Said as it happens: nobody looks at the list while they ask. */
  function tellTrouble(): void {
    const trouble = store.trouble();
    if (trouble !== toldTrouble) push({ kind: 'trouble', trouble });
    toldTrouble = trouble;
  }

  function save(conversation: OpenConversation, change: Partial<ConversationSummary>): void {
    push({ kind: 'conversation', summary: book.save(conversation, change) });
    tellTrouble();
  }

  function put(conversation: OpenConversation, turn: ChatTurn): void {
    book.saveTurn(conversation, turn);
    push({ kind: 'turn', conversationId: conversation.summary.id, turn });
  }

  /** Whoever answers, by name; throws with words where nobody can. */
  function nameOfAnswerer({ answerer }: Pick<ConversationSummary, 'answerer'>): string {
    if (answerer.kind === 'backend') {
      const backend = fleet.get(answerer.backendId);
      if (!backend?.chat) throw new Error('This backend has no chat, or is not connected.');
      return backend.config.name;
    }
    const { address, enabled, model, noticedAddress } = settings.get().assistant;
    if (!enabled || model === '')
      throw new Error('No model is set up. Settings, Assistant is the place for it.');
    parseEndpoint(address);
    if (noticedAddress !== address) throw new Error('Read first what this address is sent.');
    return model;
  }

  function answerTo(conversation: OpenConversation, question: ChatTurn): void {
    const { id } = conversation.summary;
    if (running.has(id)) throw new Error('An answer is still on its way here.');
    const by = nameOfAnswerer(conversation.summary);
    const turn: ChatTurn = {
      ...blankTurn(newId(), question.id, clock.now()),
      role: 'assistant',
      end: 'under-way',
      by,
    };
    const answer = createRunningAnswer({
      turn,
      clock,
      onText: (at, text) => push({ kind: 'text', conversationId: id, turnId: turn.id, at, text }),
      keep: (kept) => book.saveTurn(conversation, kept),
    });
    const controller = new AbortController();
    let over = false;
    const finish: Running['finish'] = (end, trouble, usage = null) => {
      if (over) return;
      over = true;
      running.delete(id);
      controller.abort();
      put(conversation, answer.end({ end, trouble, usage }));
      save(conversation, { updatedAtMs: clock.now() });
    };
    running.set(id, { answer, controller, finish });
    put(conversation, turn);
    save(conversation, { headId: turn.id, updatedAtMs: clock.now() });
    run(conversation, { answer, controller, finish }, branchOf(conversation.turns, question.id)).catch(
      (error: unknown) => finish('failed', error instanceof Error ? error.message : 'The answer broke off.'),
    );
  }

  async function run(
    { summary: { id, answerer } }: OpenConversation,
    { answer, controller: { signal }, finish }: Running,
    branch: readonly ChatTurn[],
  ): Promise<void> {
    const onText = (text: string): void => {
      if (!signal.aborted) answer.add(text);
    };
    if (answerer.kind === 'backend') {
      const chat = fleet.get(answerer.backendId)?.chat;
      if (!chat) throw new Error('This backend has no chat, or is not connected.');
      for await (const piece of chat.stream(contextOf(branch).map(asMessage), signal)) onText(piece);
      finish('complete', null);
      return;
    }
    const { address, model } = settings.get().assistant;
    const endpoint = parseEndpoint(address);
    const client = createModelClient({ endpoint, key: await modelKey.forOrigin(endpoint.origin), clock });
    const tell = (change: Partial<ChatTurn>): void => {
      if (!signal.aborted) push({ kind: 'turn', conversationId: id, turn: answer.change(change) });
    };
    const ended = await answerWithModel(
      { client, model, branch, tools: newToolBox(), nowMs: clock.now(), nonce: newId() },
      {
        onText,
        onCitation: (citation) => tell({ citations: [...answer.current().citations, citation] }),
        onProposal: (proposal) => tell({ proposals: [...answer.current().proposals, proposal] }),
      },
      signal,
    );
    finish('complete', ended.note, ended.usage);
  }

  return {
    conversations: (text) => ({ conversations: store.list(text), trouble: store.trouble() }),
    open(conversationId) {
      const { summary, turns } = require(conversationId);
      const underWay = running.get(conversationId)?.answer.current();
      return {
        summary,
        turns: [...turns.values()].map((turn) => (turn.id === underWay?.id ? underWay : turn)),
      };
    },
    ask({ conversationId, answerer, parentId, turnId, question }) {
      const known = book.find(conversationId);
      // Refused before anything is written down.
      nameOfAnswerer(known?.summary ?? { answerer });
      if (running.has(conversationId)) throw new Error('An answer is still on its way here.');
      if (parentId !== null && known?.turns.has(parentId) !== true)
        throw new Error('What this belongs to is gone.');
      if (known?.turns.has(turnId) === true) return;
      if (store.isFull(conversationId))
        throw new Error('This conversation is as long as one can be. Begin a new one.');
      const atMs = clock.now();
      const conversation = known ?? book.add(newConversation(conversationId, answerer, question, atMs));
      const turn: ChatTurn = {
        ...blankTurn(turnId, parentId, atMs),
        role: 'user',
        content: question,
        end: 'complete',
      };
      save(conversation, { headId: turnId, updatedAtMs: atMs });
      put(conversation, turn);
      answerTo(conversation, turn);
    },
    retry(conversationId, questionId) {
      const conversation = require(conversationId);
      const question = conversation.turns.get(questionId);
      if (question?.role !== 'user') throw new Error('This question is gone.');
      answerTo(conversation, question);
    },
    stop: (conversationId) => running.get(conversationId)?.finish('stopped', null),
    showBranch(conversationId, headId) {
      const conversation = require(conversationId);
      if (!conversation.turns.has(headId)) throw new Error('This branch is gone.');
      if (running.has(conversationId)) throw new Error('An answer is still on its way here.');
      save(conversation, { headId });
    },
    rename: (conversationId, title) => save(require(conversationId), { title }),
    remove(conversationId) {
      running.get(conversationId)?.finish('stopped', null);
      store.remove(conversationId);
      book.forget(conversationId);
      push({ kind: 'removed', conversationId });
    },
    async settleProposal(conversationId, turnId, proposalId, answer) {
      const conversation = require(conversationId);
      const turn = conversation.turns.get(turnId);
      if (turn === undefined || turn.end === 'under-way') throw new Error('The answer is still on its way.');
      const settled = await settleProposal(turn, proposalId, answer, {
        ...parts,
        nowMs: clock.now,
        limits,
        mutedKinds,
      });
      // As it is now: another card of the same answer may have been settled meanwhile, or all of it removed.
      const now = book.find(conversationId)?.turns.get(turnId);
      if (now === undefined) return;
      const proposals = now.proposals.map((one) => (one.id === proposalId ? { ...one, ...settled } : one));
      put(require(conversationId), { ...now, proposals });
    },
    linkIn(conversationId, turnId, address) {
      const content = require(conversationId).turns.get(turnId)?.content ?? '';
      if (!standsIn(content, address)) throw new Error('This address does not stand in the answer.');
      return new URL(address).href;
    },
    test({ address, model, key }) {
      return testConnection(
        { address, model: model.trim() },
        (origin) => (key === '' ? modelKey.forOrigin(origin) : Promise.resolve(key)),
        clock,
      );
    },
    setKey: (address, key) => modelKey.set(address, key),
    keyOrigin: () => modelKey.origin(),
    dispose() {
      for (const { finish } of running.values())
        finish('broken-off', 'Quarterdeck ended while this answer was under way.');
      store.close();
      log.debug('the assistant ended');
    },
  };
}

const asMessage = ({ id, role, content, atMs }: ChatTurn): ChatMessage => ({ id, role, content, atMs });
