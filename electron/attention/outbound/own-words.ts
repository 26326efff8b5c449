import type { Destination } from '#shared/domain/attention/attention.ts';
import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import { fillTemplate } from '#shared/domain/attention/channel-template.ts';

import type { OutboundMessage } from '../channels/channel-kind.ts';
import { SEVERITY_WORDS, whenOf } from '../channels/channel-kind.ts';

export interface MessageAbout {
  /** Whose message it is, by name. */
  backend: string;
  practice: boolean;
  destination: Destination;
}

/** The message in the words of the channel's template; as it is where there is none. Still plain text: each kind escapes it as its service wants. */
export function inOwnWords(
  { template }: ChannelConfig,
  message: OutboundMessage,
  { backend, destination, practice }: MessageAbout,
): OutboundMessage {
  if (template === undefined) return message;
  const { place, itemId } = destination;
  const values = {
    title: message.title,
    body: message.body,
    severity: SEVERITY_WORDS[message.severity],
    backend,
    time: whenOf(message),
    link: `quarterdeck://${place}${itemId === null ? '' : `/${encodeURIComponent(itemId)}`}`,
  };
  const { title, body } = fillTemplate(template, values, practice);
  return { ...message, headline: title, body };
}
