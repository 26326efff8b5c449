import type { HttpAnswer } from '../../connections/port.ts';
import type { ChannelContext, OutboundMessage, Sender } from './channel-kind.ts';
import { createHttpSender } from './http-sender.ts';

export interface WebhookParts {
  body(message: OutboundMessage): unknown;
  explain(answer: HttpAnswer): string | null;
}

/** A sender to one secret address. A replaced address counts from the next message on. */
export function webhookSender(context: ChannelContext, { body, explain }: WebhookParts): Sender {
  let open: { origin: string; sender: Sender } | null = null;

  function senderTo(origin: string): Sender {
    if (open?.origin !== origin) {
      open?.sender.dispose();
      const request = async (message: OutboundMessage) => {
        const address = await addressOf(context);
        return typeof address === 'string' ? address : { path: address.path, body: body(message) };
      };
      open = { origin, sender: createHttpSender(context, { baseUrl: origin, request, explain }) };
    }
    return open.sender;
  }

  return {
    async send(message, recipient) {
      const address = await addressOf(context);
      if (typeof address === 'string') return { kind: 'refused', reason: address };
      return senderTo(address.origin).send(message, recipient);
    },
    dispose: () => open?.sender.dispose(),
  };
}

/** The address apart into what may be named and what may not; or what is wrong with it, in words that do not hold it. */
async function addressOf({ secret }: ChannelContext): Promise<{ origin: string; path: string } | string> {
  const text = await secret('webhook');
  if (text === null) return 'The webhook address is missing.';
  if (!URL.canParse(text)) return 'The webhook address is no address.';
  const { protocol, origin, pathname, search } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'The webhook address is no web address.';
  return { origin, path: pathname + search };
}
