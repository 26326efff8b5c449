import type { HeartbeatSettings, HeartbeatState } from '#shared/domain/panic/watch.ts';
import { WATCH_ID } from '#shared/domain/own-ids.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ConnectionsPort, HttpPort } from '../connections/port.ts';
import { HttpFailure } from '../connections/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from '../vault/port.ts';
import { VaultLockedError } from '../vault/port.ts';
import type { HeartbeatAddress, HeartbeatForm } from './heartbeat-address.ts';
import { parseHeartbeatAddress } from './heartbeat-address.ts';

const ADDRESS_SECRET = 'Heartbeat address';
const ANSWER_WITHIN_MS = 10 * SECOND_MS;
/** Told from here on; a hiccup of the network in between is not worth a person's evening. */
const ATTEMPTS_BEFORE_TOLD = 3;

export interface HeartbeatParts {
  connections: Pick<ConnectionsPort, 'http'>;
  settings: Pick<SettingsPort, 'get' | 'onChange'>;
  vault: Pick<VaultPort, 'reveal' | 'set' | 'remove' | 'onKeepingChange'>;
  journal: Pick<JournalPort, 'append'>;
  clock: Clock;
  /** How long to wait after so many failures, and after what the service asked for. */
  retryInMs(attempt: number, retryAfterMs: number | null): number;
  /** What is wrong with the desk itself; nothing while it works. */
  troubles(): Promise<string[]>;
  onChange(): void;
}

export interface Heartbeat {
  start(): void;
  state(): HeartbeatState;
  /** Keeps the address, or takes it away with the empty text. Rejects with words for a person. */
  setAddress(text: string): Promise<void>;
  /** Sends one by the settings as they are, to a given address or to the kept one, and says what became of it. */
  test(address: string | null): Promise<{ ok: boolean; message: string }>;
  dispose: Disposer;
}

/**
 * Tells a service of the person's choice, again and again, that the desk works. Where it does not, the service is told so
 * where it knows the form for it, and else hears nothing, which is what it waits for. That the service itself cannot be
 * reached is said and journaled once, until it can.
 */
export function createHeartbeat(parts: HeartbeatParts): Heartbeat {
  const { clock, journal, settings, vault } = parts;
  let current: HeartbeatState = OFF;
  let round: Round | null = null;
  let watched: HeartbeatSettings | null = null;
  let stopWatching: Disposer | null = null;
  let stopFollowing: Disposer | null = null;

  function change(part: Partial<HeartbeatState>): void {
    current = { ...current, ...part };
    parts.onChange();
  }

  function restart(): void {
    stopRound();
    watched = settings.get().heartbeat;
    change(OFF);
    if (!watched.enabled) return;
    round = { stopped: false, http: null, cancel: () => undefined };
    void beat(round, watched, watched.startAndFail ? 'start' : 'ok');
  }

  /** One heartbeat, repeated until it arrives or the next is due, and then the next. */
  async function beat(own: Round, heartbeat: HeartbeatSettings, form: HeartbeatForm): Promise<void> {
    const nextAtMs = clock.now() + heartbeat.everyMinutes * MINUTE_MS;
    // Read for each, so that another address counts from the next heartbeat on.
    const address = await keptAddress();
    if (isOver(own)) return;
    if (address instanceof VaultLockedError) {
      noteLocked(address.message);
    } else if (address === null) {
      change({ ...OFF, state: 'no-address' });
    } else {
      if (current.host !== address.host) change({ ...OFF, state: 'starting', host: address.host });
      own.http = openHttp(address, heartbeat);
      await deliver(own, own.http, { address, heartbeat, form, nextAtMs });
      own.http.dispose();
    }
    await pause(own, Math.max(0, nextAtMs - clock.now()));
    if (!isOver(own)) void beat(own, heartbeat, 'ok');
  }

  async function deliver(
    own: Round,
    http: HttpPort,
    order: { address: HeartbeatAddress; heartbeat: HeartbeatSettings; form: HeartbeatForm; nextAtMs: number },
  ): Promise<void> {
    const { address, heartbeat, nextAtMs } = order;
    for (let attempt = 0; !isOver(own); attempt += 1) {
      const troubles = await parts.troubles();
      if (isOver(own)) return;
      noteTroubles(troubles);
      const form = troubles.length > 0 ? 'fail' : order.form;
      // A service without a form for trouble is told by silence.
      if (form === 'fail' && !heartbeat.startAndFail) return;
      const failure = await send(http, { address, heartbeat, form, troubles });
      if (isOver(own)) return;
      if (failure === null) {
        noteArrived(form);
        return;
      }
      noteFailed(failure.message, attempt + 1);
      const waitMs = parts.retryInMs(attempt, failure.retryAfterMs);
      if (clock.now() + waitMs >= nextAtMs) return;
      await pause(own, waitMs);
    }
  }

  function pause(own: Round, ms: number): Promise<void> {
    return new Promise((resolve) => {
      own.cancel = clock.after(ms, resolve);
    });
  }

  /** After a start the vault is locked until the person is there: only one that is not given by the next heartbeat is told. */
  function noteLocked(trouble: string): void {
    const { failingSinceMs } = current;
    const state = failingSinceMs === null ? 'starting' : 'failing';
    change({ ...OFF, state, failingSinceMs: failingSinceMs ?? clock.now(), trouble });
  }

  function noteArrived(form: HeartbeatForm): void {
    const wasFailing = current.state === 'failing';
    const lastOkAtMs = form === 'fail' ? current.lastOkAtMs : clock.now();
    change({ state: 'ok', lastOkAtMs, failingSinceMs: null, trouble: null });
    if (wasFailing) note(`The heartbeat arrives at ${current.host} again.`);
  }

  function noteFailed(message: string, attempts: number): void {
    const failingSinceMs = current.failingSinceMs ?? clock.now();
    const isTold = current.state === 'failing';
    const isFailing = isTold || attempts >= ATTEMPTS_BEFORE_TOLD;
    change({ failingSinceMs, trouble: message, ...(isFailing ? { state: 'failing' } : {}) });
    if (isFailing && !isTold) note(`The heartbeat does not arrive: ${message}`);
  }

  function noteTroubles(troubles: string[]): void {
    if (troubles.join() === current.deskTrouble.join()) return;
    change({ deskTrouble: troubles });
    note(
      troubles.length === 0
        ? 'The heartbeat says again that the desk works.'
        : `The heartbeat no longer says that the desk works: ${troubles.join(', ')}.`,
    );
  }

  function note(summary: string): void {
    journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data: {} });
  }

  function openHttp({ baseUrl }: HeartbeatAddress, { allowPlainHttp }: HeartbeatSettings): HttpPort {
    return parts.connections.http({ baseUrl, allowPlainHttp });
  }

  /** `null` where none is kept that can be used, which is not the same as one that waits for the passphrase of the vault. */
  async function keptAddress(): Promise<HeartbeatAddress | VaultLockedError | null> {
    try {
      const text = await vault.reveal(WATCH_ID, ADDRESS_SECRET);
      const parsed = text === null ? null : parseHeartbeatAddress(text);
      return parsed?.ok === true ? parsed.address : null;
    } catch (error) {
      return error instanceof VaultLockedError ? error : null;
    }
  }

  function stopRound(): void {
    if (round === null) return;
    round.stopped = true;
    round.cancel();
    round.http?.dispose();
    round = null;
  }

  return {
    start() {
      stopWatching ??= settings.onChange((changed) => {
        if (JSON.stringify(changed.heartbeat) !== JSON.stringify(watched)) restart();
      });
      stopFollowing ??= vault.onKeepingChange(restart);
      restart();
    },
    state: () => current,
    async setAddress(text) {
      if (text.trim() === '') {
        await vault.remove(WATCH_ID, ADDRESS_SECRET);
      } else {
        const parsed = parseHeartbeatAddress(text);
        if (!parsed.ok) throw new Error(parsed.message);
        await vault.set(WATCH_ID, ADDRESS_SECRET, text.trim());
      }
      restart();
    },
    async test(given) {
      const parsed = given === null ? null : parseHeartbeatAddress(given);
      if (parsed?.ok === false) return parsed;
      const address = parsed?.address ?? (await keptAddress());
      if (address === null) return { ok: false, message: 'No address is kept yet.' };
      if (address instanceof VaultLockedError) return { ok: false, message: address.message };
      const { heartbeat } = settings.get();
      const http = openHttp(address, heartbeat);
      const failure = await send(http, { address, heartbeat, form: 'ok', troubles: [] });
      http.dispose();
      return failure === null
        ? { ok: true, message: `${address.host} took it.` }
        : { ok: false, message: failure.message };
    },
    dispose() {
      stopWatching?.();
      stopFollowing?.();
      stopRound();
    },
  };
}

/** The heartbeats under one setting. */
interface Round {
  stopped: boolean;
  http: HttpPort | null;
  cancel: Disposer;
}

const isOver = (round: Round): boolean => round.stopped;

const OFF: HeartbeatState = {
  state: 'off',
  host: null,
  lastOkAtMs: null,
  failingSinceMs: null,
  trouble: null,
  deskTrouble: [],
};

/** Null where it arrived, else why not; the words name the host alone. */
async function send(
  http: HttpPort,
  order: {
    address: HeartbeatAddress;
    heartbeat: HeartbeatSettings;
    form: HeartbeatForm;
    troubles: readonly string[];
  },
): Promise<{ message: string; retryAfterMs: number | null } | null> {
  const { address, heartbeat, form, troubles } = order;
  const body = { from: 'Quarterdeck', status: STATUS_OF[form], troubles };
  try {
    const { status } = await http.request({
      method: heartbeat.method,
      path: address.path(form),
      ...(heartbeat.method === 'POST' ? { body } : {}),
      timeoutMs: ANSWER_WITHIN_MS,
      priority: 'background',
    });
    if (status >= 200 && status < 300) return null;
    return { message: `${address.host} answered ${status}.`, retryAfterMs: null };
  } catch (error) {
    if (error instanceof HttpFailure) return { message: error.message, retryAfterMs: error.retryAfterMs };
    return { message: `${address.host} could not be asked.`, retryAfterMs: null };
  }
}

const STATUS_OF: Record<HeartbeatForm, string> = { ok: 'ok', start: 'started', fail: 'trouble' };
