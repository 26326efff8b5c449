import type { Reached } from '../../lib/connection-steps.ts';
import { StepFailed } from '../../lib/connection-steps.ts';
import type { WayStep } from '../kit/rehearsal.ts';
import { REHEARSE_WITH, walkWay } from '../kit/rehearsal.ts';
import type { PanicPort } from '../port.ts';
import type { FollowEntry } from './follow-book.ts';
import { lookUp, serverIdOf } from './follow-requests.ts';
import type { Tools } from './tools.ts';

/** The way of a halt without what halts: whether everybody on the list could be asked for, and be read back. */
export function createRehearsal(tools: Tools, reached: Reached): PanicPort['rehearse'] {
  const { client, clock, desk, rereads } = tools;
  const { book } = desk;

  const followed = (): FollowEntry[] => book.all().filter(({ stage }) => stage !== 'lost');

  const steps: WayStep[] = [
    {
      name: 'Answer',
      proves: 'The server answers.',
      run: async () => `The server answers, and runs for ${Math.floor(await client.uptime())} s.`,
    },
    {
      name: 'Sign-in',
      proves: 'The wallet is let in, as an unfollow needs it.',
      async run() {
        await rereads.profile(REHEARSE_WITH);
        return 'Signed in; the server checks no signature.';
      },
    },
    {
      name: 'Traders to unfollow',
      proves: 'Everybody on the desk’s list has an id that the server can be asked with.',
      run: namesStep,
    },
    {
      name: 'Reading back',
      proves:
        'The server’s count of follows can be read and fits the desk’s list, which is what confirms a halt.',
      run: countStep,
    },
  ];

  async function namesStep(): Promise<string> {
    await book.load().catch(() => {
      throw new StepFailed(`${book.unread() ?? ''} PANIC would unfollow every trader that the server lists.`);
    });
    const wanted = followed();
    await lookUp(
      tools,
      wanted.map(({ wallet }) => wallet),
      REHEARSE_WITH,
    );
    const nameless = wanted.filter(({ wallet }) => serverIdOf(tools, wallet) === null);
    if (nameless.length === 0) return `${wanted.length} on the desk’s list.`;
    throw new StepFailed(
      `${nameless.map(({ name }) => name).join(', ')} cannot be asked for: the server has no such trader on its list.`,
    );
  }

  async function countStep(): Promise<string> {
    const { followingCount } = await rereads.portfolio(REHEARSE_WITH);
    const known = followed().length;
    if (followingCount > known)
      throw new StepFailed(
        `The server counts ${followingCount} follows and the desk knows ${known}: PANIC would unfollow every trader that the server lists, and is confirmed only if that ends them all.`,
      );
    return `The server counts ${followingCount} follows; the desk knows ${known}.`;
  }

  return () => walkWay(clock, { ...reached, steps, never: NEVER_PROVED });
}

const NEVER_PROVED = [
  'That the server ends a follow when it is asked to: to ask would end it, and nobody is followed again by itself.',
];
