import type { ElectronApplication } from '@playwright/test';

import { expect } from './desk-test.ts';

/** Does what saves a file from the window, which is put at `path` without the system's dialog; resolves once it is whole. */
export async function downloadTo(
  app: ElectronApplication,
  path: string,
  act: () => Promise<void>,
): Promise<void> {
  const saved = app.evaluate(
    ({ session }, to) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(to);
          item.once('done', (_done, state) => resolve(state));
        });
      }),
    path,
  );
  await act();
  expect(await saved).toBe('completed');
}
