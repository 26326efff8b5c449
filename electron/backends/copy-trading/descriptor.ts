import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';

import { actDefinitions } from './acts.ts';
import { WALLET_OPTION } from './http.ts';
import { readDefinitions } from './reads.ts';

/** Copy trading as the window shows it. */
export const descriptor: BackendKindDescriptor = {
  kind: 'copy-trading',
  label: 'Copy trading',
  summary:
    'Traders to follow, whose orders a server copies for a wallet, with the positions that come of it.',
  addressPlaceholder: 'http://127.0.0.1:5001',
  secrets: [],
  options: [
    {
      name: WALLET_OPTION,
      label: 'Wallet address',
      type: 'text',
      required: false,
      help: 'The wallet that follows. Without it traders can be watched, and nobody be followed.',
      placeholder: '0x…',
    },
  ],
  notes: [
    'The server does not check the signature of a sign-in: whoever knows a wallet’s address is let in as its owner. So no real signature is ever sent, and the token proves nothing. Use it on this machine or through a tunnel.',
    'It allows 100 requests in 15 minutes for everything at this address. The desk plans for fewer than half, and keeps 16 for PANIC.',
    'Follows, users and ids live in its memory: after a restart it has forgotten them. The desk keeps its own list, says so, and follows nobody again by itself.',
    'It has no list of whom you follow, only a count. What the count cannot prove is marked as unverified.',
    'Figures count as samples until the exchange behind the server is confirmed. Prices may be constants of the server even then.',
    'Silence is normal here: the shipped server sends few of its events. Its pings tell whether the connection lives.',
  ],
  panic: {
    supported: true,
    does: [
      'Unfollows every trader on the desk’s list, all at once, and reads back that the server counts no follows.',
      'Where the server counts more follows than the desk knows of, or the desk’s list cannot be read, it unfollows every trader that the server lists.',
    ],
    doesNot: [
      'Positions that were copied stay open, with whatever stop-loss they have.',
      'It cannot end a follow of a trader whom neither the desk nor the server lists; how many the server still counts is said.',
      'It does not stop an order that the server is placing at this moment.',
      'Resuming follows nobody again.',
    ],
    resumes: ['Traders can be followed again. Nobody is followed again by itself.'],
    byHand:
      'Unfollow on the server’s own page, or stop the server: its follows live in its memory and are gone with it. Close positions at the exchange.',
  },
  reads: readDefinitions.map((definition) => definition.descriptor),
  acts: actDefinitions.map((definition) => definition.descriptor),
  chat: null,
  alertsWithoutSource: [],
};
