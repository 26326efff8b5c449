import type { Envelope, RequestName } from '#shared/ipc/contract.ts';
import { requests } from '#shared/ipc/contract.ts';

import type { RequestHandlers, Router } from '../ipc/router.ts';

export const requestNames = Object.keys(requests) as RequestName[];

/** Handlers by every name there is, which all answer by one function. */
export const handlersByOne = (
  answer: (name: RequestName, params: never, windowId: never) => unknown,
): RequestHandlers =>
  new Proxy({} as RequestHandlers, {
    ownKeys: () => requestNames,
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    get: (_target, name: RequestName) => (params: never, windowId: never) => answer(name, params, windowId),
  });

/** A page of a window asks. */
export const askFrom =
  (router: Router, page: string) =>
  (windowId: number, name: string, params: unknown): Promise<Envelope<unknown>> =>
    router({ sender: { id: windowId }, senderFrame: { url: page, parent: null } }, name, params);

/** Asks by every name with what a page may send: whether a request passes must not hang on its parameters. */
export async function askEverything(
  ask: (name: RequestName, params: unknown) => Promise<Envelope<unknown>>,
  judge: (name: RequestName, answer: Envelope<unknown>, sent: string) => void,
): Promise<void> {
  for (const name of requestNames)
    for (const params of [{}, null, { origin: 'window', typedWord: 'RESUME' }, 'x'])
      judge(name, await ask(name, params), `${name} ${JSON.stringify(params)}`);
}
