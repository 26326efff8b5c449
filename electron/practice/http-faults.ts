import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from '../lib/clock.ts';
import type { Faults } from './faults.ts';
import { takeError, takeLostReply } from './faults.ts';
import { sendText } from './serving.ts';

/** How the server of one protocol words an error that a test asked for. */
interface ErrorWords {
  json(response: ServerResponse, status: number): void;
  html(response: ServerResponse, status: number): void;
}

/** The faults that any HTTP server of the practice desk has, whatever it answers. */
export interface HttpFaults {
  /** Waits while requests hang, then as long as answers are delayed. */
  hold(): Promise<void>;
  /** Sends the error that was asked for this path, if there is one. */
  sendInjected(response: ServerResponse, path: string): boolean;
  /** Sends the answer to a request that was carried out, unless this reply is to be lost. */
  reply(request: IncomingMessage, path: string, send: () => void): void;
  /** Requests that were held back go on. */
  resume(): void;
}

export function createHttpFaults(clock: Clock, faults: Faults, words: ErrorWords): HttpFaults {
  let waiting: (() => void)[] = [];
  return {
    async hold() {
      if (faults.hang === 'requests' || faults.hang === 'all')
        await new Promise<void>((resolve) => waiting.push(resolve));
      if (faults.delayMs > 0) await new Promise<void>((resolve) => clock.after(faults.delayMs, resolve));
    },
    sendInjected(response, path) {
      const injected = takeError(faults, path);
      if (injected === null) return false;
      if (injected.retryAfterS !== null) response.setHeader('Retry-After', String(injected.retryAfterS));
      const { status, body } = injected;
      if (body === 'json') words.json(response, status);
      else if (body === 'html') words.html(response, status);
      else if (body === 'garbage') sendText(response, status, 'application/json; charset=utf-8', '{"ok":tru');
      else sendText(response, status, 'text/plain; charset=utf-8', '');
      return true;
    },
    reply(request, path, send) {
      const lost = takeLostReply(faults, path);
      if (lost === null) send();
      else if (lost === 'cut') request.socket.destroy();
    },
    resume() {
      const released = waiting;
      waiting = [];
      for (const release of released) release();
    },
  };
}
