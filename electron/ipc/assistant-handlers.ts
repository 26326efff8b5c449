import type { AssistantPort } from '../assistant/port.ts';
import type { RequestHandlers } from './router.ts';

type Name = Extract<keyof RequestHandlers, `assistant.${string}`>;

/** What the window asks the assistant. */
export function assistantHandlers(
  assistant: AssistantPort,
  openLink: (address: string) => Promise<void>,
): Pick<RequestHandlers, Name> {
  const done = (run: () => void): null => {
    run();
    return null;
  };
  return {
    'assistant.conversations': ({ text }) => assistant.conversations(text),
    'assistant.open': ({ conversationId }) => assistant.open(conversationId),
    'assistant.ask': (question) => done(() => assistant.ask(question)),
    'assistant.retry': ({ conversationId, questionId }) =>
      done(() => assistant.retry(conversationId, questionId)),
    'assistant.stop': ({ conversationId }) => done(() => assistant.stop(conversationId)),
    'assistant.show-branch': ({ conversationId, headId }) =>
      done(() => assistant.showBranch(conversationId, headId)),
    'assistant.rename': ({ conversationId, title }) => done(() => assistant.rename(conversationId, title)),
    'assistant.remove': ({ conversationId }) => done(() => assistant.remove(conversationId)),
    'assistant.settle-proposal': async ({ conversationId, turnId, proposalId, answer }) => {
      await assistant.settleProposal(conversationId, turnId, proposalId, answer);
      return null;
    },
    'assistant.open-link': async ({ conversationId, turnId, address }) => {
      await openLink(assistant.linkIn(conversationId, turnId, address));
      return null;
    },
    'assistant.test': (typed) => assistant.test(typed),
    'assistant.set-key': async ({ address, key }) => {
      await assistant.setKey(address, key);
      return null;
    },
    'assistant.key': async () => ({ origin: await assistant.keyOrigin() }),
  };
}
