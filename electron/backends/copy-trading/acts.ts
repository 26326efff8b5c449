import type { ActSteps } from '../kit/acting.ts';
import { actingFrom } from '../kit/acting.ts';
import { prepared, refused } from '../kit/answers.ts';
import type { ActingPort } from '../port.ts';
import type { ActDefinition } from './act-definition.ts';
import { block } from './act-definition.ts';
import { followActs } from './follow-acts.ts';
import { orderActs } from './order-acts.ts';
import { preferencesAct } from './preferences-act.ts';
import type { Tools } from './tools.ts';

/** Everything that the server can be told to do. */
export const actDefinitions: readonly ActDefinition[] = [...followActs, ...orderActs, preferencesAct];

/** The acting side, for the command door alone. Whom the person follows is known before anything is checked. */
export const createActs = (tools: Tools): ActingPort =>
  actingFrom(actDefinitions.map(withBook), tools, {
    name: 'A copy-trading server',
    shower: 'The server',
    refusal: 'Not sent. ',
  });

/** Where nobody knows whom the person follows, nothing is followed or ordered; what takes risk away stays possible (K3). */
const withBook = ({ check, perform, ...definition }: ActDefinition): ActSteps<Tools> => {
  const { risk } = definition.descriptor;
  async function refusal({ desk }: Tools): Promise<string | null> {
    const isRead = await desk.book.load().then(
      () => true,
      () => false,
    );
    return isRead || risk !== 'adds'
      ? null
      : `Whom you follow is not known, so nothing is added to it. ${desk.book.unread() ?? ''}`;
  }
  return {
    ...definition,
    async prepare(tools, params) {
      const words = await refusal(tools);
      const list = words === null ? [] : [block('follow-list', 'List of follows', words)];
      return prepared(...list, ...(check?.(tools, params) ?? []));
    },
    async perform(tools, params, { origin }) {
      const words = await refusal(tools);
      return words === null ? perform(tools, params, origin) : refused(`Not sent. ${words}`);
    },
  };
};
