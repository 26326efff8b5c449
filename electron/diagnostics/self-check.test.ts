import { chmodSync } from 'node:fs';

import { afterEach, describe, expect, it } from 'vitest';

import type { CheckOutcome, SelfCheck } from '#shared/domain/settings/diagnostics.ts';

import type { VaultStatus } from '#shared/ipc/vault-requests.ts';
import { aBackend } from '#shared/domain/testing/entries.ts';

import {
  judgeClock,
  judgeHeartbeat,
  judgeHotkeys,
  judgeIngest,
  judgeIntegrity,
  judgeJournal,
  judgeTray,
  judgeUpdates,
  judgeVault,
} from './desk-checks.ts';
import type { Finding } from './finding.ts';
import type { DiagnosedDesk } from './testing/diagnosed-desk.ts';
import { desktop, startDiagnosedDesk } from './testing/diagnosed-desk.ts';

let desk: DiagnosedDesk | null = null;
afterEach(() => desk?.stop());

/** The check by its number. */
const numbered = (checks: readonly SelfCheck[], number: number): SelfCheck | undefined =>
  checks.find((check) => check.number === number);

const never = (): Promise<null> => new Promise(() => undefined);

describe('the self-check', () => {
  it('looks at everything by number, and passes what is as it should be', async () => {
    desk = await startDiagnosedDesk();
    chmodSync(desk.folder, 0o700);
    const checks = await desk.diagnostics.selfCheck();
    expect(checks.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
    const passed = checks.filter(({ outcome }) => outcome === 'passed').map(({ number }) => number);
    expect(passed).toEqual(expect.arrayContaining([2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 15]));
    // A desk without a keychain and without a backend.
    expect(numbered(checks, 1)).toMatchObject({ outcome: 'warning' });
    expect(numbered(checks, 13)).toMatchObject({ outcome: 'not-known' });
    for (const { advice, outcome } of checks)
      if (outcome === 'failed' || outcome === 'warning') expect(advice).toEqual(expect.any(String));
  });

  it('says at which step a backend cannot be reached, and goes on with the others', async () => {
    desk = await startDiagnosedDesk();
    const bot = aBackend({ id: 'main', kind: 'coinruler', name: 'Main bot', address: 'http://127.0.0.1:9' });
    await desk.core.fleet.save(bot, { ownerId: 'planted-owner-id' });
    await desk.core.fleet.save({ ...bot, id: 'off', name: 'Off', enabled: false }, {});
    const checks = await desk.diagnostics.selfCheck();
    expect(numbered(checks, 31)).toMatchObject({ title: 'Backend Main bot', outcome: 'failed' });
    expect(numbered(checks, 31)?.words).toMatch(/^It stopped at /);
    expect(numbered(checks, 32)).toBeUndefined();
    expect(JSON.stringify(checks)).not.toContain('planted-owner-id');
  });

  it('is held up by nothing: what hangs is not known, what throws is a finding', async () => {
    desk = await startDiagnosedDesk({
      probes: {
        notificationTrouble: never,
        soundTrouble: () => Promise.reject(new Error('no audio for token=planted-token-1')),
        crashDumps: () => Promise.resolve(0),
      },
    });
    const asked = desk.diagnostics.selfCheck();
    await desk.clock.advance(20_000);
    const checks = await asked;
    expect(numbered(checks, 8)).toMatchObject({ outcome: 'not-known' });
    expect(numbered(checks, 9)).toMatchObject({ outcome: 'failed' });
    expect(JSON.stringify(checks)).not.toContain('planted-token-1');
  });

  it('tells who may read what is kept, unless the folder is shut', async () => {
    desk = await startDiagnosedDesk();
    desk.settings.change({ appearance: { theme: 'light' } });
    chmodSync(desk.folder, 0o755);
    chmodSync(`${desk.folder}/settings.json`, 0o644);
    expect(numbered(await desk.diagnostics.selfCheck(), 7)).toMatchObject({
      outcome: 'warning',
      words: expect.stringContaining('settings.json') as string,
    });
    chmodSync(desk.folder, 0o700);
    expect(numbered(await desk.diagnostics.selfCheck(), 7)).toMatchObject({ outcome: 'passed' });
  });
});

const vault: VaultStatus = {
  protection: 'system-keychain',
  explanation: '',
  secrets: [],
  unopened: [],
  locked: false,
  keychainTrouble: null,
  sessionChosen: false,
  nextTryAtMs: null,
};
const health = { state: 'ok', trouble: null, entries: 1, newestSeq: 1, sizeBytes: 1 } as const;
const beat = { host: null, lastOkAtMs: null, failingSinceMs: null, trouble: null, deskTrouble: [] };
const ingest = {
  listening: false,
  url: '',
  networkUrls: [],
  keyHeader: '',
  key: { present: false, savedAtMs: null },
  received: 0,
  refused: 0,
  lastError: null,
  limits: { bodyBytes: 1, perMinute: 1 },
};
const late = (clockBehindMs: number) => [{ latency: { medianMs: 1, clockBehindMs } }];

describe('a look of the self-check', () => {
  it.each<[string, Finding, CheckOutcome]>([
    ['keychain', judgeVault(vault), 'passed'],
    ['no keychain', judgeVault({ ...vault, protection: 'session-only' }), 'warning'],
    ['a locked vault', judgeVault({ ...vault, protection: 'passphrase', locked: true }), 'warning'],
    [
      'a damaged secret',
      judgeVault({ ...vault, unopened: [{ backendId: 'a', name: 'b', savedAtMs: 0, why: 'damaged' }] }),
      'failed',
    ],
    [
      'a whole chain',
      judgeIntegrity({ intact: true, entries: 3, headHash: '', brokenAtSeq: null }),
      'passed',
    ],
    ['a broken chain', judgeIntegrity({ intact: false, entries: 3, headHash: '', brokenAtSeq: 2 }), 'failed'],
    ['a journal', judgeJournal(health), 'passed'],
    ['a journal that fails', judgeJournal({ ...health, state: 'failing', trouble: 'Full.' }), 'failed'],
    ['a rebuilt journal', judgeJournal({ ...health, state: 'rebuilt' }), 'warning'],
    [
      'keys that another has',
      judgeHotkeys({
        ...desktop,
        hotkeys: { ...desktop.hotkeys, panic: { kind: 'refused', keys: 'F1', why: 'another-program' } },
      }),
      'failed',
    ],
    ['no tray', judgeTray({ ...desktop, hasTray: false }), 'warning'],
    ['no updates here', judgeUpdates({ kind: 'unavailable', why: 'No feed.' }), 'not-known'],
    ['an update that failed', judgeUpdates({ kind: 'failed', message: 'No.', update: null }), 'warning'],
    ['clocks together', judgeClock(late(-2_000)), 'passed'],
    ['clocks apart', judgeClock(late(-40_000)), 'warning'],
    ['clocks far apart', judgeClock([...late(10), ...late(400_000)]), 'failed'],
    ['no clock', judgeClock([{ latency: null }]), 'not-known'],
    ['a heartbeat without an address', judgeHeartbeat({ ...beat, state: 'no-address' }), 'failed'],
    [
      'a heartbeat whose address waits for the vault',
      judgeHeartbeat({ ...beat, state: 'starting', trouble: 'The vault is locked.' }),
      'failed',
    ],
    ['a heartbeat that is taken', judgeHeartbeat({ ...beat, state: 'ok' }), 'passed'],
    ['a listener that does not listen', judgeIngest(true, ingest), 'failed'],
    ['a listener that is off', judgeIngest(false, ingest), 'passed'],
  ])('calls %s by its name', (_name, finding, outcome) => {
    expect(finding.outcome).toBe(outcome);
    expect(finding.words).toMatch(/\S/);
    expect(finding.advice === null).toBe(outcome === 'passed' || outcome === 'not-known');
  });
});
