/** Measures one row, named by its file in `rows/`, and sends the figures to the process that started this one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { measure } from './frame/measure.ts';
import type { Row } from './frame/row.ts';

const name = process.argv[2] ?? '';
// A row with a window is plain JavaScript, as what starts windows is.
const file = readdirSync(join(import.meta.dirname, 'rows')).find(
  (entry) => entry.replace(/\.\w+$/, '') === name,
);
try {
  const { row } = (await import(`./rows/${file ?? name}`)) as { row: Row };
  const measured = await measure(row, (words) => process.send?.({ kind: 'progress', words }));
  process.send?.({ kind: 'measured', measured }, () => process.exit(0));
} catch (error) {
  process.send?.({ kind: 'failed', words: String(error) }, () => process.exit(1));
}
