import { useMemo, useState } from 'react';

import type { Answerer } from '#shared/domain/assistant/assistant.ts';
import { branchOf } from '#shared/domain/assistant/assistant.ts';

import { changeSettings, useSettings } from '../../stores/settings.ts';
import type { AnswererChoice } from './answerers.ts';
import { Composer } from './composer.tsx';
import type { LoadedConversation } from './conversation-store.ts';
import { ask } from './conversation-store.ts';
import { FirstUseDialog } from './first-use-dialog.tsx';
import { History } from './history.tsx';
import { Welcome } from './welcome.tsx';

interface ConversationViewProps {
  /** `null` before the first question. */
  conversation: LoadedConversation | null;
  /** Who answers; `undefined` where whoever did is gone. */
  choice: AnswererChoice | undefined;
  choices: readonly AnswererChoice[];
}

/** One conversation: what was said in the branch that is shown, and where the person types. */
export function ConversationView({ conversation, choice }: ConversationViewProps) {
  const assistant = useSettings()?.assistant;
  const branch = useMemo(
    () => (conversation === null ? [] : branchOf(conversation.turns, conversation.summary.headId)),
    [conversation],
  );
  /** A question that waits until the person has read what the address is sent. */
  const [held, setHeld] = useState<{ question: string; parentId: string | null } | null>(null);
  const last = branch.at(-1);
  const busy = last?.end === 'under-way';

  function send(question: string, parentId: string | null): void {
    if (choice === undefined) return;
    if (choice.answerer.kind === 'model' && assistant?.noticedAddress !== assistant?.address)
      setHeld({ question, parentId });
    else void ask(question, choice.answerer, parentId);
  }

  async function afterNotice(answerer: Answerer): Promise<void> {
    if (held === null || assistant === undefined) return;
    setHeld(null);
    await changeSettings({ assistant: { noticedAddress: assistant.address } });
    await ask(held.question, answerer, held.parentId);
  }

  return (
    <>
      {branch.length === 0 || conversation === null ? (
        <Welcome choice={choice} onAsk={(question) => send(question, null)} />
      ) : (
        <History
          conversation={conversation}
          branch={branch}
          busy={busy}
          canAsk={choice !== undefined}
          onAsk={send}
        />
      )}
      <Composer
        choice={choice}
        conversationId={conversation?.summary.id ?? null}
        busy={busy}
        onAsk={(question) => send(question, last?.id ?? null)}
      />
      {held !== null && assistant !== undefined && choice !== undefined && (
        <FirstUseDialog
          assistant={assistant}
          onLeave={() => setHeld(null)}
          onAgree={() => void afterNotice(choice.answerer)}
        />
      )}
    </>
  );
}
