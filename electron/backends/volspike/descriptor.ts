import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';

import { actDefinitions } from './acts.ts';
import { EMAIL_SECRET, IDENTITY_OPTION, PASSWORD_SECRET } from './names.ts';
import { readDefinitions } from './reads.ts';
import { tierField } from './tiers.ts';

/** VolSpike as the window shows it: to watch only. */
export const descriptor: BackendKindDescriptor = {
  kind: 'volspike',
  label: 'VolSpike',
  summary:
    'Alerts on volume spikes and open interest of futures, by subscription tier, with watch lists and thresholds of an account.',
  addressPlaceholder: 'http://127.0.0.1:3001',
  secrets: [
    {
      name: EMAIL_SECRET,
      label: 'E-mail',
      help: 'Of your account there. With the password: watch lists, thresholds and open-interest alerts.',
      required: false,
    },
    {
      name: PASSWORD_SECRET,
      label: 'Password',
      help: 'Used to sign in. On free and pro that ends the session on any other device.',
      required: false,
    },
  ],
  options: [
    tierField,
    {
      name: IDENTITY_OPTION,
      label: 'Listen as',
      type: 'text',
      required: false,
      help: 'The e-mail or user id whose live alerts come, so also what your thresholds say at once. Empty: as a guest, which is the free tier.',
      placeholder: 'guest',
    },
  ],
  notes: [
    'A bare user id or e-mail is all that the live link is asked for, and proves nothing: whoever knows yours hears what you hear. It is no secret and protects nothing.',
    'The list of alerts has the tier that one asks for: nothing is checked, so what it shows says nothing about what you have paid for.',
    'The token of a sign-in is not accepted by the live link, so signing in and listening are two things here.',
    'Free alerts come at quarter hours and pro ones at five-minute marks. That is no outage.',
  ],
  panic: {
    supported: false,
    does: [],
    doesNot: ['VolSpike only watches the market: there is nothing on it that could trade or be halted.'],
    byHand: 'Nothing has to be done on VolSpike. Halt the bots that trade on its alerts.',
  },
  reads: readDefinitions.map((definition) => definition.descriptor),
  acts: actDefinitions.map((definition) => definition.descriptor),
  chat: null,
  alertsWithoutSource: [],
  watchesOnly: true,
};
