import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ask } from '../../e2e/harness/window.ts';
import { launch } from './windows.mjs';

/** A data folder in which a desk ran before, with these backends and without the practice desk. */
export async function prepareDesk(backends) {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-desk-'));
  const { app, page } = await launch({ QUARTERDECK_DATA: folder });
  await ask(page, 'settings.change', { practice: { enabled: false } });
  for (const { config, secrets } of backends)
    await ask(page, 'backends.save', { config, secrets: { ...secrets } });
  for (;;) {
    const { slices } = await ask(page, 'desk.snapshot', {});
    const live = slices.links.filter(([, { state }]) => state.kind === 'live');
    if (new Set(live.map(([, { backendId }]) => backendId)).size === backends.length) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await app.close();
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
