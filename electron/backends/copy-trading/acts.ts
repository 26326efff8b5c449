import type { ActSteps } from '../kit/acting.ts';
import { actingFrom } from '../kit/acting.ts';
import { prepared } from '../kit/answers.ts';
import type { ActingPort } from '../port.ts';
import type { ActDefinition } from './act-definition.ts';
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

const withBook = ({ check, perform, ...definition }: ActDefinition): ActSteps<Tools> => ({
  ...definition,
  async prepare(tools, params) {
    await tools.desk.book.load();
    return prepared(...(check?.(tools, params) ?? []));
  },
  perform: (tools, params, { origin }) => perform(tools, params, origin),
});
