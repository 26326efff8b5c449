/** `node scripts/read-fuses.mjs PROGRAM`: the fuses of a packaged application; exit code 1 where one is not as it should be. */
import { readFuses, wantedFuses } from './lib/fuses.mjs';

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error('Which program? node scripts/read-fuses.mjs dist/unpacked/linux-unpacked/quarterdeck');
  process.exit(2);
}
const wanted = wantedFuses(process.platform);
const present = await readFuses(program);
let wrong = 0;
for (const [name, on] of Object.entries(present)) {
  const asWanted = wanted[name] === on;
  if (!asWanted) wrong += 1;
  console.log(`${asWanted ? 'ok   ' : 'WRONG'} ${name} is ${on ? 'on' : 'off'}`);
}
process.exit(wrong === 0 ? 0 : 1);
