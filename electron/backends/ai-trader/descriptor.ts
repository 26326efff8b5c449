import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';

import { actDefinitions } from './acts.ts';
import { readDefinitions } from './reads.ts';
import { EMAIL_SECRET, PASSWORD_SECRET } from './secrets.ts';

/** AI-Trader as the window shows it. */
export const descriptor: BackendKindDescriptor = {
  kind: 'ai-trader',
  label: 'AI-Trader',
  summary:
    'A server on which language models trade in simulated runs. Each model has its own money, which is not real and is added to no total.',
  addressPlaceholder: 'http://127.0.0.1:8080',
  secrets: [
    {
      name: EMAIL_SECRET,
      label: 'E-mail address',
      help: 'Of the account that owns the models. An API key of the server cannot stand in: it owns no models and opens no streams.',
      required: true,
    },
    {
      name: PASSWORD_SECRET,
      label: 'Password',
      help: 'Sent only to sign in. The token that comes back is kept in memory.',
      required: true,
    },
  ],
  notes: [
    'Its times carry no zone: they are shown as the server writes them, and ages count from when something arrived here.',
    'Its streams take the token only in their address, so it stands in the server’s access log.',
    'A stop deletes a queued run, with its positions and reasoning; a session inside the server keeps what it did.',
  ],
  panic: {
    supported: true,
    does: [
      'Stops every model that runs or waits, each at once by a request of its own.',
      'DELETES queued runs and those that a worker carries, with their positions and reasoning: that is how this server stops them.',
      'Remembers here that it is halted, because the server knows no halt.',
    ],
    doesNot: [
      'It does not close positions: they are simulated, and stay as they are.',
      'It does not keep anybody from starting a model elsewhere. The desk then says so, and that AI-Trader is no longer halted.',
      'It does not stop the models of other accounts on the same server.',
    ],
    resumes: ['Models can be started again. None starts by itself, and deleted runs stay deleted.'],
    byHand: 'Stop the models on AI-Trader’s own page, or stop the server and its workers.',
  },
  reads: readDefinitions.map((definition) => definition.descriptor),
  acts: actDefinitions.map((definition) => definition.descriptor),
  chat: {
    label: 'AI-Trader’s chat',
    help: 'Answered by the model that the server is set up with, which can look at your models. The server keeps what was said; what you type stands in the address of the request, so it may stand in its logs.',
  },
  alertsWithoutSource: [],
  withoutAccount: true,
};
