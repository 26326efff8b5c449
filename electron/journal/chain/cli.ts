import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { checkFile } from './check-file.ts';

const USAGE = `npm run journal -- verify FILE [--head NUMBER:HASH]

Checks the chain of hashes of a journal (journal.sqlite of the data folder, with Quarterdeck closed or running) or of an
NDJSON export of everything. With --head also that this entry is in it with this hash, as copied from the journal on
an earlier day. Changes nothing. Ends with 0 when the chain holds, with 1 when it does not or the file cannot be read.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { head: { type: 'string' }, help: { type: 'boolean', default: false } },
});
const [command, file] = positionals;
const known = /^(\d+):([0-9a-f]{64})$/i.exec(values.head ?? '');

if (values.help) console.log(USAGE);
else if (command !== 'verify' || file === undefined || (values.head !== undefined && known === null))
  refuse(USAGE);
else if (existsSync(file)) await verify(file);
else refuse(`There is no file ${file}.`);

async function verify(path: string): Promise<void> {
  const head = known === null ? null : { seq: Number(known[1]), hash: (known[2] ?? '').toLowerCase() };
  try {
    const found = await checkFile(path, head);
    if (found.problem !== null) {
      refuse(`NOT INTACT: ${found.problem}.`);
      return;
    }
    console.log(`Intact: ${found.entries} entries, the chain holds from the first to the last.`);
    if (found.head !== null) console.log(`Head: ${found.head.seq}:${found.head.hash}`);
  } catch (error) {
    refuse(`It could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuse(words: string): void {
  console.error(words);
  process.exitCode = 1;
}
