import type { IncomingMessage } from 'node:http';

import type { Clock } from '../lib/clock.ts';
import { noteAnswer } from '../lib/heard-answers.ts';
import { parseAddress } from './address.ts';
import { readAnswer } from './answer.ts';
import { createBudget } from './budget.ts';
import { startCall } from './call.ts';
import type { Call } from './call.ts';
import { readEvents, streamRefusal } from './event-stream.ts';
import { networkFailure, shutFailure } from './failure.ts';
import type { HttpOptions, HttpPort, HttpRequest, NetworkRoute } from './port.ts';
import { createSender, EVENT_STREAM } from './sender.ts';

const ANSWERS = 'application/json, text/plain;q=0.9, */*;q=0.1';

/** What the SSE link needs beyond the port: an event stream's bytes as they come. */
export interface EventStreams extends HttpPort {
  readonly host: string;
  /**
   * Opens an event stream; whoever gets it destroys it. Rejects with `HttpFailure`, also for every status but 200 and every
   * type but `text/event-stream`. It has no time-out of its own once it is open.
   */
  openEvents(request: HttpRequest): Promise<IncomingMessage>;
}

/** HTTP to one backend's address over node:http and node:https, on the injected clock. */
export function createHttp(options: HttpOptions, clock: Clock, route: NetworkRoute = {}): EventStreams {
  const address = parseAddress(options.baseUrl);
  const budget = createBudget(options.budget, address.host, clock);
  /** The values that went along with the last request: an answer may repeat them. */
  let secrets: string[] = [];
  const credentials = async (): Promise<Record<string, string>> => {
    const given = (await options.credentials?.()) ?? {};
    secrets = Object.values(given).flatMap((value) => [value, value.split(' ').at(-1) ?? '']);
    return given;
  };
  const sender = createSender({ address, options: { ...options, credentials }, budget, clock, route });
  const calls = new Set<Call>();
  let disposed = false;

  function openCall(request: HttpRequest): Call {
    if (disposed) throw shutFailure(false);
    const call = startCall(clock, address.host, request.signal);
    calls.add(call);
    return call;
  }

  function closeCall(call: Call): void {
    call.end();
    calls.delete(call);
  }

  async function openStream(call: Call, request: HttpRequest): Promise<IncomingMessage> {
    const response = await sender.open(call, request, EVENT_STREAM);
    const refusal = streamRefusal(response, address.host, clock.now());
    if (refusal === null) return response;
    response.destroy();
    throw refusal;
  }

  return {
    host: address.host,

    async request(request) {
      const call = openCall(request);
      let response: IncomingMessage | null = null;
      const askedAtMs = clock.now();
      const asked = () => ({
        method: request.method,
        path: request.path,
        latencyMs: clock.now() - askedAtMs,
      });
      try {
        response = await sender.open(call, request, ANSWERS);
        const answer = await call.during(readAnswer(response, address.host));
        noteAnswer(asked(), answer, secrets);
        return answer;
      } catch (error) {
        response?.destroy();
        const failure = networkFailure(error, address.host, call.phase());
        noteAnswer(asked(), { failure: failure.message }, secrets);
        throw failure;
      } finally {
        closeCall(call);
      }
    },

    async *stream(request) {
      const call = openCall(request);
      let response: IncomingMessage | null = null;
      try {
        response = await openStream(call, request);
        yield* readEvents(response, call, request.idleTimeoutMs, address.host);
      } catch (error) {
        throw networkFailure(error, address.host, call.phase());
      } finally {
        response?.destroy();
        closeCall(call);
      }
    },

    async openEvents(request) {
      const call = openCall(request);
      try {
        const response = await openStream(call, request);
        call.stopTimer();
        if (response.closed) closeCall(call);
        else response.once('close', () => closeCall(call));
        return response;
      } catch (error) {
        closeCall(call);
        throw networkFailure(error, address.host, call.phase());
      }
    },

    budget: () => budget.state(),

    dispose() {
      disposed = true;
      budget.dispose();
      for (const call of Array.from(calls)) call.fail(shutFailure(call.phase() !== 'connecting'));
      sender.dispose();
    },
  };
}
