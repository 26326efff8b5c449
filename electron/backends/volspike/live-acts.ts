import type { LinkCause } from '#shared/domain/backends/link.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer, Verification } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { symbolParam } from './params.ts';

const sent = (isSent: boolean, message: string): ActAnswer => ({
  kind: isSent ? 'accepted' : 'refused',
  message: isSent ? message : 'The live link is not open, so there is nobody to ask.',
  result: null,
});

/** The socket acknowledges nothing (§5): that its answer came is all there is to see. */
const answeredSince = ({ refreshedAtMs }: Tools, sinceMs: number): Verification =>
  (refreshedAtMs() ?? -1) >= sinceMs
    ? { kind: 'confirmed', message: 'The server answered.' }
    : { kind: 'pending', message: 'The server has not answered yet.' };

/** The server may have done it all the same. */
const UNANSWERED: ReadonlySet<LinkCause['code']> = new Set([
  'timeout',
  'closed',
  'server-error',
  'bad-answer',
]);

/** What is asked over the socket, and signing in. */
export const liveActs: readonly ActDefinition[] = [
  {
    descriptor: {
      id: 'market.refresh',
      group: 'Market',
      label: 'Ask for prices now',
      help: 'The server sends them by the tier’s interval; this asks for them at once.',
      params: [],
      risk: 'neutral',
      scope: 'backend',
    },
    plan() {
      let sentAtMs = 0;
      return {
        perform(tools) {
          sentAtMs = tools.clock.now();
          return Promise.resolve(sent(tools.emit('request-refresh', {}), 'Asked for.'));
        },
        verify: (tools) => Promise.resolve(answeredSince(tools, sentAtMs)),
      };
    },
  },
  {
    descriptor: {
      id: 'market.symbol',
      group: 'Market',
      label: 'Ask for one symbol',
      help: 'Subscribes to a symbol, which the server answers with its price where its own source is up.',
      params: [{ name: 'symbol', label: 'Symbol', type: 'text', required: true, placeholder: 'BTCUSDT' }],
      risk: 'neutral',
      scope: 'backend',
    },
    plan(params) {
      const symbol = symbolParam(params);
      let sentAtMs = 0;
      return {
        perform(tools) {
          sentAtMs = tools.clock.now();
          return Promise.resolve(sent(tools.emit('subscribe-symbol', symbol), `Asked for ${symbol}.`));
        },
        verify: (tools) => Promise.resolve(answeredSince(tools, sentAtMs)),
      };
    },
  },
  {
    descriptor: {
      id: 'account.sign-in',
      group: 'Account',
      label: 'Sign in again',
      help: 'After the account was signed in elsewhere. The desk never does this by itself.',
      params: [],
      risk: 'neutral',
      confirm: 'On free and pro this ends the session on your other device.',
      scope: 'backend',
    },
    plan: () => ({
      async perform(tools) {
        try {
          await tools.signIn();
          return { kind: 'accepted', message: 'Signed in.', result: null };
        } catch (error) {
          const isUnknown =
            error instanceof HttpFailure && error.sent && UNANSWERED.has(error.linkCause.code);
          if (!isUnknown) throw error;
          return {
            kind: 'unknown',
            message: `${error.message} Whether the other device is signed out now is not known.`,
          };
        }
      },
      async verify(tools) {
        await tools.account.read({ priority: 'decision' });
        return { kind: 'confirmed', message: 'The account was read with the new session.' };
      },
    }),
  },
];
