import type { BackendConfig, ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import type { SelfCheck } from '#shared/domain/settings/diagnostics.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { DeskReader } from '../desk/port.ts';
import type { DesktopPort } from '../desktop/port.ts';
import type { IngestPort } from '../ingest/port.ts';
import type { JournalPort } from '../journal/port.ts';
import { plainText } from '../lib/clean.ts';
import type { Clock } from '../lib/clock.ts';
import { redact } from '../lib/redact.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { UpdatesPort } from '../updates/port.ts';
import type { VaultPort } from '../vault/port.ts';
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
import { checkRights, checkSpace, checkWriting } from './disk-checks.ts';
import type { Finding } from './finding.ts';
import { failed, notKnown, passed, warning } from './finding.ts';
import type { SystemProbes } from './port.ts';

export interface SelfCheckParts {
  /** Where data is kept. */
  folder: string;
  platform: NodeJS.Platform;
  desk: DeskReader;
  fleet: Pick<Fleet, 'test'>;
  vault: Pick<VaultPort, 'status'>;
  journal: Pick<JournalPort, 'verify' | 'health'>;
  settings: Pick<SettingsPort, 'get'> & { readonly trouble: string | null };
  ingest: Pick<IngestPort, 'status'>;
  desktop: Pick<DesktopPort, 'status'>;
  updates: Pick<UpdatesPort, 'state'>;
  probes: SystemProbes;
  /** The machine's own time: how long a look may take. */
  realClock: Clock;
}

interface Look {
  number: number;
  title: string;
  run(): Finding | Promise<Finding>;
}

/** Behind the desk's own looks there is room for more; a backend's number is not that of another look one day. */
const FIRST_BACKEND_NUMBER = 31;
const LONGEST_LOOK_MS = 20 * SECOND_MS;
/** A journal of millions of entries is read whole. */
const LONGEST_VERIFY_MS = 120 * SECOND_MS;

/** Looks at everything the desk stands on, all at once. What fails or takes too long is a finding and holds up nothing. */
export async function runSelfCheck(parts: SelfCheckParts): Promise<SelfCheck[]> {
  return Promise.all(looks(parts).map((look) => carefully(look, parts.realClock)));
}

function looks(parts: SelfCheckParts): Look[] {
  const { desk, desktop, folder, ingest, journal, probes, settings, updates, vault } = parts;
  const backends = [...desk.entries('backends')].map(([, config]) => config).filter(({ enabled }) => enabled);
  const links = () => [...desk.entries('links')].map(([, link]) => link);
  return [
    { number: 1, title: 'Vault', run: () => judgeVault(vault.status()) },
    { number: 2, title: 'Settings', run: () => judgeSettings(settings.trouble) },
    { number: 3, title: 'Journal is whole', run: async () => judgeIntegrity(await journal.verify()) },
    { number: 4, title: 'Journal is written', run: () => judgeJournal(journal.health()) },
    { number: 5, title: 'Data folder', run: () => checkWriting(folder) },
    { number: 6, title: 'Disk space', run: () => checkSpace(folder) },
    { number: 7, title: 'Who may read', run: () => checkRights(folder, parts.platform) },
    {
      number: 8,
      title: 'Notifications',
      run: async () => judgeNotifications(await probes.notificationTrouble(), settings.get()),
    },
    { number: 9, title: 'Sound', run: async () => judgeSound(await probes.soundTrouble(), settings.get()) },
    { number: 10, title: 'Hotkeys', run: async () => judgeHotkeys(await desktop.status()) },
    { number: 11, title: 'Tray', run: async () => judgeTray(await desktop.status()) },
    { number: 12, title: 'Updates', run: () => judgeUpdates(updates.state()) },
    { number: 13, title: 'Clock', run: () => judgeClock(links()) },
    { number: 14, title: 'Heartbeat', run: () => judgeHeartbeat(desk.get('watch', 'watch')?.heartbeat) },
    {
      number: 15,
      title: 'Detector scripts',
      run: () => judgeIngest(settings.get().ingest.enabled, ingest.status()),
    },
    ...backends.map((config, at) => ({
      number: FIRST_BACKEND_NUMBER + at,
      title: `Backend ${plainText(config.name, 60)}`,
      run: () => checkBackend(parts.fleet, config),
    })),
  ];
}

async function carefully({ number, title, run }: Look, realClock: Clock): Promise<SelfCheck> {
  const mostMs = number === 3 ? LONGEST_VERIFY_MS : LONGEST_LOOK_MS;
  const finding = await new Promise<Finding>((resolve) => {
    const cancel = realClock.after(mostMs, () =>
      resolve(notKnown('It took too long to find out.', 'Run the check again when the desk is less busy.')),
    );
    const asked = new Promise<Finding>((found) => found(run()));
    void asked
      .then(resolve, (error: unknown) => {
        const words = error instanceof Error ? error.message : 'It failed for an unknown reason.';
        resolve(
          failed(
            `It could not be looked at: ${words}`,
            'Save the diagnostics and show them to whoever helps.',
          ),
        );
      })
      .finally(cancel);
  });
  return { number, title, ...finding, words: plainText(redact(finding.words), 400) };
}

const judgeSettings = (trouble: string | null): Finding =>
  trouble === null
    ? passed('The settings were read whole.')
    : warning(trouble, 'Look through the settings; a copy of the file from before lies beside it.');

const judgeNotifications = (
  trouble: string | null,
  { attention }: ReturnType<SettingsPort['get']>,
): Finding => {
  if (!attention.notifications)
    return warning('You switched notifications off.', 'Switch them on in Settings, Notifications and sound.');
  return trouble === null
    ? passed('The system takes notifications.')
    : failed(trouble, 'Until it does, what is urgent shows in the window, with sound.');
};

const judgeSound = (trouble: string | null, { attention }: ReturnType<SettingsPort['get']>): Finding => {
  if (!attention.sound || attention.volume === 0)
    return warning('You switched sound off.', 'Switch it on in Settings, Notifications and sound.');
  return trouble === null
    ? passed('Sounds can be played.')
    : failed(`A sound could not be played: ${trouble}`, 'Look at the sound output of the system.');
};

/** The connection test, with the secrets as they are kept; it acts on nothing. */
async function checkBackend(fleet: Pick<Fleet, 'test'>, config: BackendConfig): Promise<Finding> {
  if (config.kind === 'ingest') return passed('It is the listener for detector scripts.');
  const steps = await fleet.test(config, {});
  const stopped = steps.find(({ outcome }) => outcome === 'failed');
  if (stopped === undefined) return passed(`Reached: ${namesOf(steps)}.`);
  return failed(
    `It stopped at ${stopped.name}: ${stopped.detail}`,
    'Press Test at this backend in Settings, Backends; it goes through the same steps.',
  );
}

const namesOf = (steps: readonly ConnectionTestStep[]): string =>
  steps
    .filter(({ outcome }) => outcome === 'passed')
    .map(({ name }) => name)
    .join(', ');
