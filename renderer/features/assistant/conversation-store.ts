import { create } from 'zustand';

import type {
  Answerer,
  AssistantEvent,
  ChatTurn,
  ConversationSummary,
  FoundConversation,
} from '#shared/domain/assistant/assistant.ts';
import { branchOf } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

import { describeError, on, request } from '../../bridge.ts';
import { toast } from '../../stores/toasts.ts';
import { newestEndBelow } from './branches.ts';
import { forgetLiveText, setLiveText, textSoFar } from './live-texts.ts';

export interface LoadedConversation {
  readonly summary: ConversationSummary;
  readonly turns: ReadonlyMap<string, ChatTurn>;
}

interface AssistantState {
  readonly list: readonly FoundConversation[] | null;
  readonly searched: string;
  /** Why conversations are not kept, or could not be listed. */
  readonly trouble: string | null;
  /** The conversation that is shown; one that is not in `loaded` begins with the first question. */
  readonly currentId: string;
  /** Who is to answer in the next one; `null` for whoever comes first. */
  readonly answerer: Answerer | null;
  readonly loaded: ReadonlyMap<string, LoadedConversation>;
  readonly opening: string | null;
  /** The turn that a search led to; a new object each time that it is led to. */
  readonly sought: { readonly turnId: string } | null;
}

export const useAssistant = create<AssistantState>(() => ({
  list: null,
  searched: '',
  trouble: null,
  currentId: crypto.randomUUID(),
  answerer: null,
  loaded: new Map(),
  opening: null,
  sought: null,
}));

let stopListening: (() => void) | null = null;

/** Lists the conversations, and follows what happens in them from then on. */
export async function loadConversations(text = useAssistant.getState().searched): Promise<void> {
  stopListening ??= on('assistant.event', receive);
  useAssistant.setState({ searched: text });
  try {
    const { conversations, trouble } = await request('assistant.conversations', { text });
    if (useAssistant.getState().searched === text) useAssistant.setState({ list: conversations, trouble });
  } catch (error) {
    useAssistant.setState({ trouble: describeError(error) });
  }
}

/** Shows an empty conversation. */
export function beginConversation(answerer: Answerer | null = useAssistant.getState().answerer): void {
  useAssistant.setState({ currentId: crypto.randomUUID(), answerer, sought: null });
}

/** Shows a conversation, reading it first where it was not before; at a turn that a search found, in whichever branch that is. */
export async function openConversation(id: string, foundTurnId: string | null = null): Promise<void> {
  useAssistant.setState({ currentId: id, sought: foundTurnId === null ? null : { turnId: foundTurnId } });
  if (!useAssistant.getState().loaded.has(id)) await reload(id);
  const loaded = useAssistant.getState().loaded.get(id);
  if (foundTurnId === null || loaded?.turns.has(foundTurnId) !== true) return;
  const { turns, summary } = loaded;
  if (branchOf(turns, summary.headId).every((turn) => turn.id !== foundTurnId))
    await showBranch(id, newestEndBelow(turns, foundTurnId));
}

async function reload(id: string): Promise<void> {
  useAssistant.setState({ opening: id });
  try {
    const { summary, turns } = await request('assistant.open', { conversationId: id });
    write(id, { summary, turns: new Map(turns.map((turn) => [turn.id, turn])) });
    for (const turn of turns) if (turn.end === 'under-way') setLiveText(turn.id, turn.content);
  } catch (error) {
    toast.error(t('The conversation could not be opened'), { description: describeError(error) });
  }
  if (useAssistant.getState().opening === id) useAssistant.setState({ opening: null });
}

/** Asks below a turn (`null`: as the first). Answers whether it was taken; if not, why is said. */
export async function ask(question: string, answerer: Answerer, parentId: string | null): Promise<boolean> {
  const { currentId: conversationId } = useAssistant.getState();
  return attempt(t('The question was not asked'), () =>
    request('assistant.ask', { conversationId, answerer, parentId, turnId: crypto.randomUUID(), question }),
  );
}

export const retry = (conversationId: string, questionId: string): Promise<boolean> =>
  attempt(t('It was not asked again'), () => request('assistant.retry', { conversationId, questionId }));

export const stop = (conversationId: string): Promise<boolean> =>
  attempt(t('It could not be stopped'), () => request('assistant.stop', { conversationId }));

export const showBranch = (conversationId: string, headId: string): Promise<boolean> =>
  attempt(t('The branch could not be shown'), () =>
    request('assistant.show-branch', { conversationId, headId }),
  );

export const rename = (conversationId: string, title: string): Promise<boolean> =>
  attempt(t('It was not renamed'), () => request('assistant.rename', { conversationId, title }));

async function attempt(failure: string, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    toast.error(failure, { description: describeError(error) });
    return false;
  }
}

function receive(event: AssistantEvent): void {
  switch (event.kind) {
    case 'text': {
      const known = textSoFar(event.turnId);
      if (known === undefined || known.length < event.at) {
        // Something was missed, as by a window that was loaded again.
        if (useAssistant.getState().loaded.has(event.conversationId)) void reload(event.conversationId);
      } else setLiveText(event.turnId, known.slice(0, event.at) + event.text);
      break;
    }
    case 'turn': {
      const { conversationId, turn } = event;
      const loaded = useAssistant.getState().loaded.get(conversationId);
      if (loaded !== undefined)
        write(conversationId, { ...loaded, turns: new Map(loaded.turns).set(turn.id, turn) });
      if (turn.end === 'under-way') setLiveText(turn.id, turn.content);
      else forgetLiveText(turn.id);
      break;
    }
    case 'conversation':
      noteSummary(event.summary);
      break;
    case 'trouble':
      useAssistant.setState({ trouble: event.trouble });
      break;
    case 'removed': {
      const { conversationId } = event;
      useAssistant.setState((state) => {
        const loaded = new Map(state.loaded);
        loaded.delete(conversationId);
        return {
          loaded,
          list: state.list?.filter(({ id }) => id !== conversationId) ?? null,
          ...(state.currentId === conversationId ? { currentId: crypto.randomUUID() } : {}),
        };
      });
    }
  }
}

function noteSummary(summary: ConversationSummary): void {
  const { currentId, list, loaded, searched } = useAssistant.getState();
  const known = loaded.get(summary.id);
  // One that this window has just begun.
  if (known !== undefined || (summary.id === currentId && summary.questions <= 1))
    write(summary.id, { summary, turns: known?.turns ?? new Map() });
  const listed = list?.find(({ id }) => id === summary.id);
  if (list === null || (listed === undefined && searched !== '')) return;
  const found = {
    ...summary,
    snippet: listed?.snippet ?? null,
    foundTurnId: listed?.foundTurnId ?? null,
  };
  const moves = listed?.updatedAtMs !== summary.updatedAtMs;
  useAssistant.setState({
    list: moves
      ? [found, ...list.filter(({ id }) => id !== summary.id)]
      : list.map((one) => (one.id === summary.id ? found : one)),
  });
}

function write(id: string, conversation: LoadedConversation): void {
  useAssistant.setState((state) => ({ loaded: new Map(state.loaded).set(id, conversation) }));
}
