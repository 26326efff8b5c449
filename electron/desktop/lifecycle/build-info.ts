import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const buildInfo = z.object({
  /** Why this build must not be given to anybody; null for a release and for a desk that runs from its sources. */
  notForRelease: z.string().nullable(),
  /** The commit that it was made from. */
  revision: z.string().nullable(),
  /** Where releases are announced and the key that announcements are signed with (Ed25519, SPKI in base64). */
  updates: z.object({ address: z.url(), publicKey: z.string().min(1) }).nullable(),
});
export type BuildInfo = z.infer<typeof buildInfo>;

const packageFile = z.object({ quarterdeckBuild: buildInfo });

const FROM_SOURCES: BuildInfo = { notForRelease: null, revision: null, updates: null };

/** What packaging wrote into the application's own package file; a desk that was not packaged has nothing there. */
export function readBuildInfo(appFolder: string): BuildInfo {
  try {
    const text = readFileSync(join(appFolder, 'package.json'), 'utf8');
    return packageFile.parse(JSON.parse(text)).quarterdeckBuild;
  } catch {
    return FROM_SOURCES;
  }
}
