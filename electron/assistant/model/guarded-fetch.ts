import { ModelFailure } from './failure.ts';
import type { Endpoint } from './endpoint.ts';
import { documentAsStream, refusalInOneShape } from './whole-document.ts';

/** One line of a stream is one piece of an answer: a word, or a call with its parameters. */
const MOST_LINE_BYTES = 1024 * 1024;
const MOST_ANSWER_BYTES = 24 * 1024 * 1024;
/** Enough of a refusal to be quoted. */
const MOST_REFUSAL_BYTES = 64 * 1024;
const LINE_FEED = 10;

interface GuardedFetchParts {
  endpoint: Endpoint;
  /** `null` sends no authorisation at all. */
  key: string | null;
  /** Something came: the headers, or a piece of the body. */
  onHeard(): void;
}

/**
 * The way to a model's server: to its own origin alone, the key included; a redirect is refused, and answers are bounded. What
 * the library would tell of this computer (its system and versions) is left out.
 */
export function createGuardedFetch({ endpoint, key, onHeard }: GuardedFetchParts): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== endpoint.origin)
      throw new ModelFailure('address', 'A request to another address was refused.');
    const headers = new Headers(init?.headers);
    for (const name of [...headers.keys()])
      if (name.startsWith('x-stainless-') || name.startsWith('openai-')) headers.delete(name);
    headers.set('user-agent', 'Quarterdeck');
    headers.delete('authorization');
    if (key !== null) headers.set('authorization', `Bearer ${key}`);

    const ask = (to: URL): Promise<Response> => fetch(to, { ...init, headers, redirect: 'manual' });
    const first = await ask(url);
    const response = first.status === 404 ? await askBelow(first, url, ask) : first;
    onHeard();
    if (response.status >= 300 && response.status < 400) {
      void response.body?.cancel();
      throw new ModelFailure(
        'redirect',
        'The server sends requests on to another address. They are not followed: the key belongs to this one.',
      );
    }
    const { body, status, statusText } = response;
    const answerWith = (
      content: string | ReadableStream<Uint8Array> | null,
      more: Headers | Record<string, string> = response.headers,
    ): Response => new Response(content, { status, statusText, headers: more });
    if (body === null) return answerWith(null);
    if (!response.ok) {
      const said = await new Response(body.pipeThrough(cutAfter(MOST_REFUSAL_BYTES))).text();
      return answerWith(refusalInOneShape(said));
    }
    const streams = isStream(url, headers);
    const type = response.headers.get('content-type') ?? '';
    if (streams && /html/i.test(type)) {
      void body.cancel();
      throw new ModelFailure(
        'not-an-answer',
        'A web page answered, not a model. Is the path right, such as /v1?',
      );
    }
    if (streams && /application\/json/i.test(type)) {
      const whole = await new Response(body.pipeThrough(boundAnswer(onHeard, false))).text();
      return answerWith(documentAsStream(whole), { 'content-type': 'text/event-stream' });
    }
    return answerWith(body.pipeThrough(boundAnswer(onHeard, streams)));
  };

  /** Most servers answer below /v1, which whoever types the bare address leaves out. */
  async function askBelow(first: Response, url: URL, ask: (to: URL) => Promise<Response>): Promise<Response> {
    if (endpoint.baseUrl !== endpoint.origin) return first;
    const second = await ask(new URL(`/v1${url.pathname}${url.search}`, endpoint.origin));
    const [kept, other] = second.status === 404 ? [first, second] : [second, first];
    void other.body?.cancel();
    return kept;
  }
}

const isStream = (url: URL, asked: Headers): boolean =>
  (asked.get('accept') ?? '').includes('event-stream') || url.pathname.endsWith('/chat/completions');

/** A list of models is one line, whatever its length: large hubs have hundreds and describe each. */
function boundAnswer(onHeard: () => void, inLines: boolean): TransformStream<Uint8Array, Uint8Array> {
  let total = 0;
  let line = 0;
  return new TransformStream({
    transform(bytes, controller) {
      onHeard();
      total += bytes.length;
      const lastBreak = bytes.lastIndexOf(LINE_FEED);
      const firstBreak = bytes.indexOf(LINE_FEED);
      const longest = line + (firstBreak === -1 ? bytes.length : firstBreak);
      line = lastBreak === -1 ? longest : bytes.length - lastBreak - 1;
      if (total > MOST_ANSWER_BYTES || (inLines && longest > MOST_LINE_BYTES))
        controller.error(
          new ModelFailure('too-large', 'The server sent more at once than an answer can be.'),
        );
      else controller.enqueue(bytes);
    },
  });
}

function cutAfter(most: number): TransformStream<Uint8Array, Uint8Array> {
  let left = most;
  return new TransformStream({
    transform(bytes, controller) {
      controller.enqueue(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) controller.terminate();
    },
  });
}
