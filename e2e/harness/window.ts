import type { ElectronApplication, Page } from '@playwright/test';
import type { BrowserWindow } from 'electron';

import type {
  Envelope,
  QuarterdeckBridge,
  RequestName,
  RequestParams,
  RequestResult,
} from '../../shared/ipc/contract.ts';

/** Asks the main process what the window could ask, over the bridge that the window has. */
export async function ask<N extends RequestName>(
  page: Page,
  name: N,
  params: RequestParams<N>,
): Promise<RequestResult<N>> {
  const envelope = await askRaw(page, name, params);
  if (!envelope.ok) throw new Error(`${name}: ${envelope.error.code}, ${envelope.error.message}`);
  return envelope.value as RequestResult<N>;
}

/** The same for any name and any parameters, with the envelope as it comes. */
export function askRaw(page: Page, name: string, params: unknown): Promise<Envelope<unknown>> {
  return page.evaluate(
    ([asked, given]) => {
      const bridge = Reflect.get(globalThis, 'quarterdeck') as QuarterdeckBridge;
      return bridge.request(asked as RequestName, given as never);
    },
    [name, params] as const,
  );
}

/** Does something with the desk's own window, which is not the only one: sounds have a page, and places that were torn off. */
export async function ofWindow<T>(
  { app, page }: { app: ElectronApplication; page: Page },
  act: (window: BrowserWindow) => T,
): Promise<T> {
  const window = await app.browserWindow(page);
  return window.evaluate(act);
}
