import { contextBridge, ipcRenderer } from 'electron';

import { PUSH_CHANNEL, REQUEST_CHANNEL } from '#shared/ipc/channels.ts';
import type { Envelope, QuarterdeckBridge, RequestResult } from '#shared/ipc/contract.ts';

/** Which name carries which payload is the contract's matter; here they are only passed on. */
type PushListener = (payload: unknown) => void;

const listeners = new Map<string, Set<PushListener>>();
/** The last word of each name that came before the page listened for it, such as the place to open. */
const unheard = new Map<string, unknown>();

ipcRenderer.on(PUSH_CHANNEL, (_event, name: string, payload: unknown) => {
  const named = listeners.get(name);
  if (named === undefined) unheard.set(name, payload);
  else for (const listener of named) listener(payload);
});

const bridge: QuarterdeckBridge = {
  async request(name, params) {
    try {
      return (await ipcRenderer.invoke(REQUEST_CHANNEL, name, params)) as Envelope<
        RequestResult<typeof name>
      >;
    } catch {
      return { ok: false, error: { code: 'unavailable', message: 'Quarterdeck did not answer the window.' } };
    }
  },
  on(name, listener) {
    // Wrapped, so that the same function given twice is two subscriptions with a disposer each.
    const entry: PushListener = (payload) => listener(payload as never);
    const named = listeners.get(name) ?? new Set();
    listeners.set(name, named.add(entry));
    const missed = unheard.get(name);
    unheard.delete(name);
    if (missed !== undefined) queueMicrotask(() => entry(missed));
    return () => void named.delete(entry);
  },
};

contextBridge.exposeInMainWorld('quarterdeck', bridge);
