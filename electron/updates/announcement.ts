import { createPublicKey, verify } from 'node:crypto';

import type { UpdateInfo } from 'electron-updater';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { z } from 'zod';

import type { UpdateChannel } from '#shared/domain/settings/desktop.ts';

import { UpdateError } from './update-error.ts';

/** Where releases are announced, and the key that signs announcements (Ed25519, SPKI in base64). */
export interface UpdateFeed {
  address: string;
  publicKey: string;
}

/** The system's own way to the network, proxy and all. */
export type Fetch = (address: string, init: { signal: AbortSignal; redirect: 'follow' }) => Promise<Response>;

const MAX_BYTES = 256 * 1024;
/** A SHA-512 digest in base64. */
const sha512 = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);

const announcement = z.object({
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
  files: z.array(z.object({ url: z.string().min(1).max(500), sha512, size: z.number().optional() })).min(1),
});

/** The name under which electron-builder writes what is new on a channel for one system. */
export function channelFile(channel: UpdateChannel, platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin') return `${channel}-mac.yml`;
  if (platform === 'linux') return `${channel}-linux${arch === 'x64' ? '' : `-${arch}`}.yml`;
  return `${channel}.yml`;
}

/**
 * Reads what is announced in `file` of the feed, and trusts none of it before its signature was checked: the digests in it
 * decide what is installed. Throws `UpdateError`.
 */
export async function readAnnouncement(
  feed: UpdateFeed,
  file: string,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<UpdateInfo> {
  const address = new URL(file, feed.address.endsWith('/') ? feed.address : `${feed.address}/`);
  const text = await readText(address.href, fetch, signal);
  const signature = await readText(`${address.href}.sig`, fetch, signal);
  if (!isSigned(text, signature, feed.publicKey))
    throw new UpdateError('What was announced is not signed by Quarterdeck. Nothing was taken from it.');
  try {
    const info = parseUpdateInfo(text.toString('utf8'), file, address);
    announcement.parse(info);
    return info;
  } catch (error) {
    throw new UpdateError('What was announced cannot be read.', { cause: error });
  }
}

async function readText(address: string, fetch: Fetch, signal: AbortSignal): Promise<Buffer> {
  let answer: Response;
  try {
    answer = await fetch(address, { signal, redirect: 'follow' });
  } catch (error) {
    throw new UpdateError('The place where updates are announced could not be reached.', { cause: error });
  }
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new UpdateError(
      answer.status === 404
        ? 'Nothing is announced for this system.'
        : `The place where updates are announced refused (${answer.status}).`,
    );
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = answer.body ?? [];
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_BYTES) throw new UpdateError('What was announced is too long to be an announcement.');
    }
  } catch (error) {
    if (error instanceof UpdateError) throw error;
    throw new UpdateError('The place where updates are announced broke off.', { cause: error });
  }
  return Buffer.concat(chunks);
}

function isSigned(text: Buffer, signature: Buffer, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, text, key, Buffer.from(signature.toString('ascii').trim(), 'base64'));
  } catch {
    return false;
  }
}
