/** Measures one row, named by its file in `rows/`, and sends the figures to the process that started this one. */
import { measure } from './frame/measure.ts';
import type { Row } from './frame/row.ts';

const name = process.argv[2] ?? '';
const { row } = (await import(`./rows/${name}.ts`)) as { row: Row };
const measured = await measure(row, (words) => process.send?.({ kind: 'progress', words }));
process.send?.({ kind: 'measured', measured }, () => process.exit(0));
