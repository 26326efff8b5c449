import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';

import type { JournalRecord } from '../port.ts';

/** What is known of the backend that a link belongs to. */
export interface SignInPlace {
  config: Pick<BackendConfig, 'name' | 'address'> | undefined;
  /** Its kind cannot be read without credentials, so that a live link proves that they were taken. */
  needsCredentials: boolean;
}

/**
 * The line that a sign-in leaves: that credentials were refused, each time anew, and that they were taken, the first time since the
 * desk started or since a refusal. Reconnections in between are the link's own entries.
 */
export function createSignInRecord(): (
  status: LinkStatus,
  place: SignInPlace,
  nowMs: number,
) => JournalRecord | null {
  const last = new Map<string, 'accepted' | 'refused'>();

  return ({ about, backendId, label, linkId, state }, { config, needsCredentials }, nowMs) => {
    // The stream of one thing uses what its backend signed in with.
    if (about !== undefined || config === undefined) return null;
    const key = entryKey(backendId, linkId);
    const isRefused = state.kind === 'stopped' && state.cause.code === 'credentials';
    const was = last.get(key);
    const isAccepted = state.kind === 'live' && (needsCredentials || was === 'refused');
    const result = isRefused ? 'refused' : isAccepted ? 'accepted' : null;
    if (result === null || result === was) return null;
    last.set(key, result);
    const where = hostOf(config.address);
    return {
      atMs: nowMs,
      kind: 'settings',
      backendId,
      summary:
        isRefused && 'cause' in state
          ? `Sign-in to ${config.name} at ${where} refused: ${state.cause.message}`
          : `Signed in to ${config.name} at ${where} with the credentials kept here`,
      data: { event: `sign-in-${result}`, address: where, link: label },
    };
  };
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return 'an address that cannot be read';
  }
}
