/**
 * Writes out/THIRD-PARTY-NOTICES.txt: what the application is built on, with the licence texts. With `--check` it writes nothing
 * and ends with exit code 1 where a package in the application has a licence that is not on the list.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { licenceTrouble } from './lib/licences.mjs';
import { projectRoot } from './lib/paths.mjs';
import { thirdPartyNotices } from './lib/third-party-notices.mjs';
import { placeOf, shippedPackages } from './lib/shipped-packages.mjs';

const packages = shippedPackages();

if (process.argv.includes('--check')) {
  const problems = packages.flatMap(({ name, version, licence, folder }) => {
    const trouble = licenceTrouble(licence);
    return trouble === null ? [] : [`${name} ${version}: ${trouble} (${placeOf(folder)})`];
  });
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    console.error(
      'Read the licence, then put it on the list in scripts/lib/licences.mjs or take the package out.',
    );
    process.exitCode = 1;
  }
} else {
  mkdirSync(join(projectRoot, 'out'), { recursive: true });
  writeFileSync(join(projectRoot, 'out', 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(packages));
}
