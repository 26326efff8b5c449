import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@playwright/test';

/** What the system opens links with, for a desk that finds it first: it notes the address, and the test goes there. */
export function standInBrowser(folder: string) {
  const programs = join(folder, 'programs');
  const noted = join(folder, 'opened.txt');
  mkdirSync(programs, { recursive: true });
  const program = join(programs, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${noted}'\n`);
  chmodSync(program, 0o755);
  const opened = (): string[] =>
    existsSync(noted) ? readFileSync(noted, 'utf8').split('\n').filter(Boolean) : [];
  return {
    programs,
    opened,
    /** Goes to the address that was opened last, redirects and all, and answers what stands on the page at the end. */
    async follow(count: number): Promise<string> {
      await expect.poll(opened).toHaveLength(count);
      const answer = await fetch(opened().at(-1) ?? '');
      return answer.text();
    },
  };
}
