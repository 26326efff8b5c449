import { unreadableCredentialsFailure } from './failure.ts';
import type { PathSource } from './port.ts';

/** The path for one attempt. Rejects with `HttpFailure` when whoever makes it fails, without that error's own words. */
export async function resolvePath(path: PathSource, host: string): Promise<string> {
  if (typeof path === 'string') return path;
  try {
    return await path();
  } catch {
    throw unreadableCredentialsFailure(host);
  }
}
