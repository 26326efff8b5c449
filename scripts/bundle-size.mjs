/** Fails when the first screen of the window weighs more than its limit, and says what weighs most. */
import { FIRST_SCREEN_KB, firstScreen } from './lib/bundle-size.mjs';

const { kilobytes, largest } = firstScreen();
console.log(
  `The first screen weighs ${kilobytes.toFixed(0)} kB with gzip; the limit is ${FIRST_SCREEN_KB} kB.`,
);
for (const part of largest) console.log(`  ${part.kilobytes.toFixed(1).padStart(6)} kB  ${part.name}`);
process.exit(kilobytes <= FIRST_SCREEN_KB ? 0 : 1);
