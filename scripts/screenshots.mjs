/**
 * Takes pictures of every place in every state, dark, light and high contrast, at three widths, into screenshots/:
 * `node scripts/screenshots.mjs [state ...] [--view deck --view settings-limits ...] [--language de]`, and says what axe finds in each.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { projectRoot } from './lib/paths.mjs';

const { positionals: states, values } = parseArgs({
  allowPositionals: true,
  options: { view: { type: 'string', multiple: true }, language: { type: 'string' } },
});
const folder = join(projectRoot, 'screenshots');
// A picture of what is no longer there would be looked at as if it were.
if (states.length === 0 && values.view === undefined) rmSync(folder, { recursive: true, force: true });

const only = states.length === 0 ? [] : ['--grep', `while the desk is (${states.join('|')})`];
const { status } = spawnSync(
  process.execPath,
  [join(projectRoot, 'e2e', 'run.mjs'), 'gallery.spec.ts', ...only],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      QUARTERDECK_GALLERY: folder,
      ...(values.language === undefined ? {} : { QUARTERDECK_GALLERY_LANGUAGE: values.language }),
      ...(values.view === undefined ? {} : { QUARTERDECK_GALLERY_VIEWS: values.view.join(',') }),
    },
  },
);
process.exit(status ?? 1);
