import type { ChannelKindName } from '#shared/domain/attention/channel.ts';

import type { ChannelKind } from './channel-kind.ts';
import { discord } from './discord.ts';
import { email } from './email.ts';
import { slack } from './slack.ts';
import { sms } from './sms.ts';
import { telegram } from './telegram.ts';

/** Every way beyond this computer. A further one is a file and a line here. */
export const channelKinds: Record<ChannelKindName, ChannelKind> = { email, sms, telegram, discord, slack };
