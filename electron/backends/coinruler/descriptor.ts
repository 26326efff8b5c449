import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';

import { actDefinitions } from './acts.ts';
import { readDefinitions } from './reads.ts';

export const OWNER_ID_SECRET = 'ownerId';

/**
 * CoinRuler as the window shows it. The answers of its reads have, by view:
 * - `table`: a list of flat objects whose members are text, number, boolean or null; columns may differ from row to row.
 * - `detail`: any JSON object.
 * - `distribution`: `{ unit, days, outcomes: number[] (ascending), summary: { mean, median, p5, p95 } }`, numbers or null, and
 *   `startUsd` where it is known what they begin with.
 * - `series`: a list of `{ x, y }`; CoinRuler has none.
 * - `text`: one text; CoinRuler has none.
 * Item acts take `approvalId` besides the parameters that they describe.
 */
export const descriptor: BackendKindDescriptor = {
  kind: 'coinruler',
  label: 'CoinRuler',
  summary: 'A single-owner trading bot with approvals, a kill switch, rules and a chat.',
  addressPlaceholder: 'http://127.0.0.1:3001',
  secrets: [
    {
      name: OWNER_ID_SECRET,
      label: 'Owner id',
      help: 'The server’s OWNER_ID, a Discord user id. Without it the desk can watch, but neither decide nor halt.',
      required: true,
    },
  ],
  signIn: { service: 'discord', secret: OWNER_ID_SECRET },
  panic: {
    supported: true,
    does: [
      'Sets CoinRuler’s kill switch: its rules are no longer evaluated, so nothing new is proposed or traded by them.',
    ],
    doesNot: [
      'It does not close positions or cancel orders that are already at the exchange.',
      'It does not stop a trade that a person executes by hand: CoinRuler does not look at its kill switch there.',
      'It does not stop automatic profit taking, if the server has that switched on.',
      'It does not last by itself: CoinRuler lifts a halt after ten minutes without a breach of its limits. While the panic is latched here, the desk halts it again.',
    ],
    resumes: [
      'Its rules are evaluated again at once: it may propose within seconds, and trade where it executes by itself.',
      'Proposals that still wait can be approved again.',
    ],
    byHand:
      'Log in at Coinbase and cancel open orders there, or withdraw the trading permission of CoinRuler’s API key. Stopping the CoinRuler process stops everything that it does.',
  },
  reads: readDefinitions.map((definition) => definition.descriptor),
  acts: actDefinitions.map((definition) => definition.descriptor),
  chat: {
    label: 'CoinRuler’s analyst',
    help: 'Answered by the model that the server is set up with. The server keeps what was said.',
  },
  tellsDeposits: true,
  alertsWithoutSource: ['whale', 'volatility', 'fraud'],
};
