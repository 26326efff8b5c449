import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { SignInSettings } from '#shared/domain/backends/sign-in.ts';
import { redirectUri } from '#shared/domain/backends/sign-in.ts';
import type { SignInAnswer, SignInStatus } from '#shared/ipc/sign-in-requests.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import type { VaultPort } from '../vault/port.ts';
import { VaultLockedError } from '../vault/port.ts';
import type { Callback } from './callback-listener.ts';
import { openCallbackListener } from './callback-listener.ts';
import type { DiscordClient, DiscordTokens } from './discord-client.ts';
import { DiscordRefusal } from './discord-client.ts';
import type { SignInPort } from './port.ts';

export interface SignInParts {
  settings(): SignInSettings;
  /** The backends whose owner signs in, by id, and the secret that holds the owner's id. */
  ownerSecretOf(backendId: string): string | null;
  backendIds(): readonly string[];
  vault: Pick<VaultPort, 'set' | 'reveal' | 'remove'>;
  /** The owner id is another now, or gone: the links are opened with it. */
  reconnect(backendId: string): void;
  discord: DiscordClient;
  /** Opens an address in the system's browser. */
  openBrowser(address: string): Promise<void>;
  journal: Pick<JournalPort, 'append'>;
  random(bytes: number): Buffer;
  clock: Clock;
  log: Logger;
}

/** One secret: who is signed in, until when, and the tokens. */
const session = z.object({
  userId: z.string(),
  name: z.string(),
  clientId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAtMs: z.number(),
  ended: z.boolean(),
  /** The owner id came from this sign-in, and goes with it. */
  gaveOwnerId: z.boolean(),
});
type Session = z.infer<typeof session>;

const SESSION_SECRET = 'discord-session';
/** For the person in the browser, who may have to find a password first. */
const COME_BACK_WITHIN_MS = 5 * MINUTE_MS;
const RENEW_BEFORE_MS = HOUR_MS;
const LOOK_EVERY_MS = 10 * MINUTE_MS;

/**
 * Sign-in of the owner with Discord (S4): authorization code with PKCE and state, in the system's browser, back to one port on
 * loopback that listens only meanwhile. The id that Discord names becomes the owner id, or has to be the one that is kept.
 */
export function createSignIn(parts: SignInParts): SignInPort {
  const { vault, discord, clock, log } = parts;
  let underWay: { backendId: string; stop: (why: SignInAnswer) => void } | null = null;
  let stopLooking: Disposer | null = null;

  async function sessionOf(backendId: string): Promise<Session | null> {
    const text = await vault.reveal(backendId, SESSION_SECRET);
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    return session.safeParse(value).data ?? null;
  }

  const keep = (backendId: string, next: Session): Promise<void> =>
    vault.set(backendId, SESSION_SECRET, JSON.stringify(next));

  function note(backendId: string, event: string, summary: string): void {
    const data = { event, kind: 'discord' };
    parts.journal.append({ atMs: clock.now(), kind: 'settings', backendId, summary, data });
  }

  async function start(backendId: string): Promise<SignInAnswer> {
    const { discordClientId: clientId, port } = parts.settings();
    const ownerSecret = parts.ownerSecretOf(backendId);
    if (ownerSecret === null) return no('The owner of this backend does not sign in with Discord.');
    if (clientId === null) return no('Enter the client id of your application at Discord first.');
    if (underWay !== null) return no('A sign-in is under way already.');
    const state = parts.random(32).toString('base64url');
    const verifier = parts.random(48).toString('base64url');
    const stopped = new Promise<SignInAnswer>((resolve) => (underWay = { backendId, stop: resolve }));
    let closing: (() => Promise<void>) | null = null;
    try {
      const listener = await openCallbackListener(port, state);
      closing = listener.close;
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      await parts.openBrowser(
        discord.authorizeUrl({ clientId, redirectUri: redirectUri(port), state, challenge }),
      );
      const came = await comeBack(listener.callback, stopped);
      if ('ok' in came) return refused(backendId, came.message);
      if (came.kind === 'denied')
        return refused(
          backendId,
          came.error === 'access_denied'
            ? 'You did not allow it at Discord. Nothing was changed.'
            : 'Discord ended the sign-in. Nothing was changed.',
        );
      const given = await discord.exchange({
        clientId,
        redirectUri: redirectUri(port),
        code: came.code,
        verifier,
      });
      return await takeIn(backendId, { clientId, ownerSecret }, given);
    } catch (error) {
      return refused(backendId, wordsOf(error));
    } finally {
      underWay = null;
      await closing?.();
    }
  }

  async function comeBack(
    callback: Promise<Callback>,
    stopped: Promise<SignInAnswer>,
  ): Promise<Callback | SignInAnswer> {
    let cancel: Disposer = () => undefined;
    const late = new Promise<SignInAnswer>((resolve) => {
      cancel = clock.after(COME_BACK_WITHIN_MS, () =>
        resolve(no('Nobody came back from the browser within five minutes. Nothing was changed.')),
      );
    });
    return Promise.race([callback, stopped, late]).finally(() => cancel());
  }

  /** Who came back is looked at before anything is kept. */
  async function takeIn(
    backendId: string,
    { clientId, ownerSecret }: { clientId: string; ownerSecret: string },
    given: DiscordTokens,
  ): Promise<SignInAnswer> {
    const who = await discord.user(given.accessToken);
    const known = (await vault.reveal(backendId, ownerSecret))?.trim() ?? '';
    if (known !== '' && known !== who.id) {
      await withdraw(clientId, given.refreshToken);
      return refused(
        backendId,
        `${who.name} is not the owner that is kept for this backend. Sign in as the owner, or replace the owner id first.`,
      );
    }
    const before = await sessionOf(backendId);
    await keep(backendId, {
      userId: who.id,
      name: who.name,
      clientId,
      accessToken: given.accessToken,
      refreshToken: given.refreshToken,
      expiresAtMs: clock.now() + given.expiresInMs,
      ended: false,
      gaveOwnerId: known === '' || (before?.gaveOwnerId ?? false),
    });
    if (known === '') {
      await vault.set(backendId, ownerSecret, who.id);
      parts.reconnect(backendId);
    }
    note(backendId, 'signed-in', `Signed in with Discord as ${who.name}`);
    return yes(`Signed in as ${who.name}.`);
  }

  function refused(backendId: string, message: string): SignInAnswer {
    note(backendId, 'sign-in-refused', `Sign-in with Discord: ${message}`);
    return no(message);
  }

  /** That Discord could not be told keeps nobody from signing out here. */
  async function withdraw(clientId: string, token: string): Promise<boolean> {
    try {
      await discord.revoke({ clientId, token });
      return true;
    } catch {
      log.warn('a session at Discord could not be withdrawn');
      return false;
    }
  }

  async function renewAll(): Promise<void> {
    for (const backendId of parts.backendIds()) {
      await renew(backendId).catch((error: unknown) =>
        log.warn('a sign-in could not be renewed', { backendId, reason: wordsOf(error) }),
      );
    }
  }

  async function renew(backendId: string): Promise<void> {
    const now = await sessionOf(backendId);
    if (now === null || now.ended || now.expiresAtMs - clock.now() > RENEW_BEFORE_MS) return;
    try {
      const given = await discord.refresh({ clientId: now.clientId, refreshToken: now.refreshToken });
      // Discord gives a new one each time; the old one opens nothing any more.
      await keep(backendId, {
        ...now,
        accessToken: given.accessToken,
        refreshToken: given.refreshToken,
        expiresAtMs: clock.now() + given.expiresInMs,
      });
    } catch (error) {
      if (!(error instanceof DiscordRefusal)) throw error;
      await keep(backendId, { ...now, ended: true });
      note(backendId, 'sign-in-ended', `The sign-in with Discord as ${now.name} has ended`);
    }
  }

  return {
    async status(backendId): Promise<SignInStatus> {
      if (underWay?.backendId === backendId) return { state: 'under-way', name: null, expiresAtMs: null };
      try {
        const now = await sessionOf(backendId);
        if (now === null) return { state: 'signed-out', name: null, expiresAtMs: null };
        const isOver = now.ended || now.expiresAtMs <= clock.now();
        return { state: isOver ? 'ended' : 'signed-in', name: now.name, expiresAtMs: now.expiresAtMs };
      } catch (error) {
        if (error instanceof VaultLockedError) return { state: 'locked', name: null, expiresAtMs: null };
        throw error;
      }
    },
    start,
    cancel: () => underWay?.stop(no('The sign-in was cancelled. Nothing was changed.')),
    async signOut(backendId) {
      const now = await sessionOf(backendId);
      if (now === null) return no('Nobody is signed in.');
      const told = await withdraw(now.clientId, now.refreshToken);
      await vault.remove(backendId, SESSION_SECRET);
      const ownerSecret = parts.ownerSecretOf(backendId);
      if (now.gaveOwnerId && ownerSecret !== null) {
        await vault.remove(backendId, ownerSecret);
        parts.reconnect(backendId);
      }
      note(backendId, 'signed-out', `Signed out of Discord (${now.name})`);
      return yes(
        told
          ? 'Signed out.'
          : 'Signed out here. Discord could not be told: withdraw it there under Authorized Apps.',
      );
    },
    watch() {
      stopLooking ??= clock.every(LOOK_EVERY_MS, () => void renewAll());
      void renewAll();
    },
    dispose() {
      stopLooking?.();
      underWay?.stop(no('Quarterdeck ended.'));
    },
  };
}

const yes = (message: string): SignInAnswer => ({ ok: true, message });
const no = (message: string): SignInAnswer => ({ ok: false, message });
const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'The sign-in failed.');
