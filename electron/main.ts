import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { BrowserWindow } from 'electron';
import { app, dialog, globalShortcut, net, powerMonitor, shell } from 'electron';

import type { Destination } from '#shared/domain/attention.ts';
import type { DeskPatchBatch } from '#shared/domain/desk.ts';

import { openConversations } from './assistant/conversations/store.ts';
import { createAppLock } from './app-lock/app-lock.ts';
import { startAutoLock } from './app-lock/auto-lock.ts';
import { concealWhenLocked } from './app-lock/conceal.ts';
import { lockFigures } from './app-lock/figures.ts';
import { createLockGuard } from './app-lock/guard.ts';
import { lockedDecisions } from './app-lock/locked-decisions.ts';
import { lockedPush, lockedSettings } from './app-lock/locked-push.ts';
import type { AppLock } from './app-lock/port.ts';
import { createNativeChannel, hasNotificationButtons } from './attention/channels/native.ts';
import { createLatchFile } from './commands/latch-file.ts';
import { createCore } from './core.ts';
import { appId, appName } from './desktop/app-name.ts';
import { isOwnPage } from './desktop/app-page.ts';
import { declareAppScheme } from './desktop/app-protocol.ts';
import { readBuildInfo } from './desktop/build-info.ts';
import { catalogueOf } from './desktop/catalogue.ts';
import { createFileChooser, createFileFinder } from './desktop/choose-file.ts';
import { gatherLinks } from './desktop/deep-links.ts';
import type { DeskWindow } from './desktop/desk-window.ts';
import { openDeskWindow } from './desktop/desk-window.ts';
import { showDesignSystem } from './desktop/design-page.ts';
import { createDesktopStatus } from './desktop/desktop-status.ts';
import { createHotkeys, hotkeyLimit } from './desktop/hotkeys.ts';
import { followRegion } from './desktop/follow-region.ts';
import { hardenEveryPage } from './desktop/harden.ts';
import { parseLaunchOptions } from './desktop/launch-options.ts';
import { createLinkOpener } from './desktop/link-opener.ts';
import { findLoginStart, startsHidden } from './desktop/login-start.ts';
import { startPanicHotkey } from './desktop/panic-hotkey.ts';
import { lockedTray } from './desktop/locked-tray.ts';
import { openLogFile } from './desktop/log-file.ts';
import { installMenu } from './desktop/menu.ts';
import type { PlaceWindows } from './desktop/place-windows.ts';
import type { PlaybackWindow } from './desktop/playback-window.ts';
import { createPlaybackWindow } from './desktop/playback-window.ts';
import { createPlaceWindows } from './desktop/place-windows.ts';
import { printPaper } from './desktop/print-paper.ts';
import { startPracticeDesk } from './desktop/practice-desk.ts';
import { spawnPractice } from './desktop/practice-process.ts';
import { createProcessWatch } from './desktop/process-watch.ts';
import { createQuickDecision, parseApprovalKey } from './desktop/quick-decision.ts';
import { askByDialog } from './desktop/quit-dialog.ts';
import { quitInOrder } from './desktop/quit.ts';
import { regionScript } from './desktop/region-script.ts';
import { startShowHotkey } from './desktop/show-hotkey.ts';
import { onSystemEnd } from './desktop/system-end.ts';
import { hasTrayHost } from './desktop/tray-host.ts';
import { createTrayActs } from './desktop/tray-acts.ts';
import { trayModel } from './desktop/tray-model.ts';
import { createSoundPage } from './desktop/sound-page.ts';
import { createSleepGuard } from './desktop/sleep-guard.ts';
import { pauseUnseen } from './desktop/unseen.ts';
import { systemFigures } from './desktop/system-figures.ts';
import { createSystemProbes } from './desktop/system-probes.ts';
import { startTray } from './desktop/tray.ts';
import { createDiagnostics } from './diagnostics/diagnostics.ts';
import { startWakeWatch } from './desktop/wake-watch.ts';
import { secureSession } from './desktop/window.ts';
import { createHandlers } from './ipc/handlers.ts';
import { refusedInPast, withPast } from './ipc/past-handlers.ts';
import { createJournalExports } from './ipc/journal-exports.ts';
import { createReportFile } from './ipc/report-file.ts';
import { createPatchHub } from './ipc/patch-hub.ts';
import { createPush, createPushToAll, registerRouter } from './ipc/register.ts';
import { createRouter } from './ipc/router.ts';
import { createSenderCheck } from './ipc/sender-check.ts';
import { startJournal } from './journal/journal.ts';
import { createScaledClock, createSystemClock } from './lib/clock.ts';
import { Disposables } from './lib/disposables.ts';
import { startMoments } from './playback/keep/moments.ts';
import { createPlayback } from './playback/playback.ts';
import { openSettings } from './settings/settings-store.ts';
import { createSettingsFile } from './settings-file/settings-file.ts';
import { createKeyDeriver } from './lib/key-derivation.ts';
import { createSafeStorageCipher } from './vault/safe-storage-cipher.ts';
import { openVault } from './vault/vault.ts';
import { findUpdateEngine } from './updates/find-engine.ts';
import { createUpdates } from './updates/updates.ts';
import { createQuitGate } from './watchman/quit-gate.ts';

const OUT = join(import.meta.dirname, '..');
const RESOURCES = join(OUT, '..', 'resources');
/** Everybody's practice market begins alike, so that what one person describes another can see. */
const PRACTICE_SEED = 42;

const build = readBuildInfo(join(OUT, '..'));
const launch = parseLaunchOptions(process.env);
app.setAppUserModelId(appId);
if (launch.dataFolder !== null) app.setPath('userData', launch.dataFolder);
const dataFolder = app.getPath('userData');
// Libraries print what they send, tokens included, when this is set (S1).
delete process.env.DEBUG;

const logFolder = join(dataFolder, 'logs');
const log = openLogFile(logFolder);

/** Whether the system may be told about this program: not for a desk run from its sources, nor for a test's. */
const isInstalled = app.isPackaged && build.notForRelease === null && launch.dataFolder === null;

const realClock = createSystemClock();
const startedAtMs = realClock.now();
const clockFigures = { factor: launch.clockFactor, originMs: startedAtMs, originRealMs: startedAtMs };
const clock = createScaledClock(clockFigures);

process.on('uncaughtException', (error) => log.error('an error that nobody caught', { error }));
process.on('unhandledRejection', (reason) => log.error('a rejection that nobody caught', { reason }));

if (process.env.XDG_SESSION_TYPE === 'wayland')
  app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
const links = gatherLinks(app, process.argv);

// The lock belongs to the data folder: two desks on one journal and the same bots would be two doors.
if (app.requestSingleInstanceLock()) {
  declareAppScheme();
  hardenEveryPage();
  app.whenReady().then(start).catch(failToStart);
} else {
  app.exit(0);
}

async function start(): Promise<void> {
  log.info(`${appName} ${app.getVersion()} starts`, {
    electron: process.versions.electron,
    revision: build.revision,
    notForRelease: build.notForRelease,
  });
  const disposables = new Disposables();
  let deskWindow: DeskWindow | null = null;
  const currentWindow = () => deskWindow?.current() ?? null;
  let placeWindows: PlaceWindows | null = null;
  let playbackWindow: PlaybackWindow | null = null;
  const isPast = (windowId: number): boolean => playbackWindow?.isPast(windowId) ?? false;
  const otherWindows = (): BrowserWindow[] => {
    const past = playbackWindow?.current() ?? null;
    return [...(placeWindows?.all() ?? []), ...(past === null ? [] : [past])];
  };
  const ownWindows = (): BrowserWindow[] => {
    const main = currentWindow();
    return [...(main === null ? [] : [main]), ...otherWindows()];
  };
  /** Where the place shows already, so that a click on a notice does not open it twice. */
  const open = (destination: Destination): void => {
    if (placeWindows?.has(destination.place) === true) placeWindows.open(destination);
    else deskWindow?.open(destination);
  };
  let appLock: AppLock | null = null;
  const guard = createLockGuard({
    isLocked: () => appLock?.isLocked() ?? false,
    security: () => settings.get().security,
  });
  const pushTo = (window: BrowserWindow | null) =>
    lockedPush(
      createPush(() => window),
      guard,
    );
  const push = lockedPush(createPushToAll(createPush(currentWindow), otherWindows), guard);

  const settings = openSettings({ folder: dataFolder, clock, log });
  const region = followRegion(settings, app.getLocale() || 'en-US');
  disposables.add(region.dispose);
  log.setLevel(settings.get().diagnostics.logLevel);
  disposables.add(settings.onChange(({ diagnostics: { logLevel } }) => log.setLevel(logLevel)));
  const deriveKey = createKeyDeriver(pathToFileURL(join(OUT, 'main', 'key-derivation-worker.js')));
  const vault = openVault({
    folder: dataFolder,
    cipher: createSafeStorageCipher(),
    deriveKey,
    clock,
    log,
  });
  const journal = await startJournal({
    file: join(dataFolder, 'journal.sqlite'),
    workerUrl: pathToFileURL(join(OUT, 'main', 'journal-worker.js')),
    clock,
    log,
    random: Math.random,
    retention: settings.get().retention,
  });
  const native = createNativeChannel({
    realClock,
    platform: process.platform,
    open,
    seen: (noticeKey) => core.attention.seen(noticeKey),
    decide(approvalKey, act) {
      const approval = parseApprovalKey(approvalKey);
      if (approval !== null) void decide({ origin: 'notification', act, ...approval });
    },
  });
  /** Who waits for the sound that the self-check plays, by its id. */
  const probed = new Map<string, (error: string | null) => void>();
  const soundPage = createSoundPage({
    realClock,
    log,
    answer(playId, error) {
      const probe = probed.get(playId);
      if (probe === undefined) core.attention.soundPlayed(playId, error);
      else probe(error);
      probed.delete(playId);
    },
  });
  disposables.add(soundPage.dispose);
  const core = createCore({
    clock,
    log,
    random: Math.random,
    settings,
    vault,
    journal,
    conversations: openConversations({ folder: dataFolder, clock, log }),
    latchFile: createLatchFile(join(dataFolder, 'panic-latch.json')),
    push,
    native,
    spareSound: soundPage.play,
    flash: () => deskWindow?.flash(),
    keepAwake: createSleepGuard(),
    veil: guard.veil,
    openBrowser: (address) => shell.openExternal(address),
    discordAddress: launch.discordAddress,
  });
  const lock = createAppLock({
    folder: dataFolder,
    security: () => settings.get().security,
    vault: core.vault,
    figures: lockFigures(core.desk, () => {
      const { limits, attentionPolicy } = settings.get();
      return { nowMs: clock.now(), limits, attention: attentionPolicy };
    }),
    journal,
    deriveKey,
    clock,
    log,
  });
  appLock = lock;
  disposables.add(lock.dispose);
  const decideNow = createQuickDecision({
    door: core.door,
    newRequestId: randomUUID,
    open,
    tell: (outcome) => tell('approvals', 'Not decided yet', outcome.message),
  });
  const decide = lockedDecisions(decideNow, guard, (refusal) => {
    deskWindow?.show();
    tell('approvals', 'Not decided', refusal);
  });

  const note = (event: string, summary: string): void =>
    journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data: { event } });
  note('started', `${appName} ${app.getVersion()} was started`);

  /** Says something in the window that concerns the desk itself, and keeps it in the journal. */
  function tell(place: Destination['place'], title: string, body: string): void {
    journal.append({
      atMs: clock.now(),
      kind: 'system',
      backendId: null,
      summary: `${title}: ${body}`,
      data: {},
    });
    core.attention.tellTrouble({ title, body, destination: { place, itemId: null } });
  }

  const quitGate = createQuitGate({
    leaving: () => core.watchman.leaving(),
    desk: core.desk,
    panic: core.panic,
    showInWindow(question) {
      if (question !== null) deskWindow?.show();
      return push('quit.question', { question });
    },
    askBySystem: askByDialog,
    quit: () => app.quit(),
    clock: realClock,
  });
  disposables.add(quitGate.dispose);
  disposables.add(
    onSystemEnd(() => {
      const left = core.watchman.leaving();
      if (left === null) return;
      const names = left.backends.map(({ name }) => name).join(', ');
      tell('deck', 'The system ends', `${names} may go on without anybody watching.`);
    }),
  );

  secureSession(join(OUT, 'renderer'), () => regionScript(region.now(), catalogueOf(region.now().language)));
  const sendPatches = (windowId: number, batch: DeskPatchBatch): boolean => {
    const window = ownWindows().find(({ webContents }) => webContents.id === windowId) ?? null;
    return pushTo(window)('desk.patches', batch);
  };
  const patches = createPatchHub({ desk: core.desk, frameClock: realClock, send: sendPatches });
  disposables.add(patches.dispose);
  const moments = startMoments({
    file: join(dataFolder, 'playback.sqlite'),
    workerUrl: pathToFileURL(join(OUT, 'main', 'playback-worker.js')),
    desk: core.desk,
    settings,
    onTrouble: (words) => tell('journal', 'Playback', words),
    clock,
    log,
    random: Math.random,
  });
  const playback = createPlayback({ moments, journal, desk: core.desk, clock, realClock });
  disposables.add(playback.dispose);
  disposables.add(
    playback.onState((state) => void pushTo(playbackWindow?.current() ?? null)('playback.state', state)),
  );
  const pastPatches = createPatchHub({ desk: playback.desk, frameClock: realClock, send: sendPatches });
  disposables.add(pastPatches.dispose);
  const documents = (): string => app.getPath('documents');
  const chooseFile = createFileChooser({
    folder: documents,
    saveTo: launch.saveTo,
    ask(options) {
      const window = currentWindow();
      return window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
    },
  });
  const reportFile = createReportFile({
    journal,
    clock,
    chooseFile,
    print: () => printPaper(ownWindows()),
  });
  const journalExports = createJournalExports({ journal, clock, push, chooseFile });
  const settingsFile = createSettingsFile({
    ...core,
    folder: dataFolder,
    version: app.getVersion(),
    settings,
    replaceSettings: (next) => core.replaceSettings(next, 'window'),
    journal,
    chooseFile,
    findFile: createFileFinder({
      folder: documents,
      openFrom: launch.openFrom,
      ask(options) {
        const window = currentWindow();
        return window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options);
      },
    }),
    newId: randomUUID,
    clock,
    log,
  });
  const updates = createUpdates({
    engine: findUpdateEngine({
      isPackaged: app.isPackaged,
      notForRelease: build.notForRelease,
      feed: build.updates,
      resourcesFolder: process.resourcesPath,
      platform: process.platform,
      arch: process.arch,
      env: process.env,
      fetch: (address, init) => net.fetch(address, init),
      log,
    }),
    settings,
    realClock,
    log,
    onState: (state) => push('updates.state', state),
    onFound: ({ version }) =>
      tell('settings', 'An update is there', `Version ${version} can be fetched in Settings, Updates.`),
    requestQuit: () => quitGate.request(),
  });
  disposables.add(updates.dispose);
  app.on('quit', (_event, code) => {
    if (code === 0) updates.quitting();
  });
  const hotkeys = createHotkeys(globalShortcut);
  const desktop = createDesktopStatus({
    hotkeys,
    hotkeyLimit: hotkeyLimit(process.env),
    hasTray: () => hasTrayHost(process.platform),
    login: findLoginStart({ app, env: process.env, isInstalled }),
  });
  const diagnostics = createDiagnostics({
    ...core,
    folder: dataFolder,
    platform: process.platform,
    journal,
    settings,
    desktop,
    updates,
    probes: createSystemProbes(soundPage, (playId, listener) => void probed.set(playId, listener)),
    logFolder,
    home: app.getPath('home'),
    noticesFile: join(OUT, 'THIRD-PARTY-NOTICES.txt'),
    info: appInfo,
    system: systemFigures,
    chooseFile,
    realClock,
    clock,
  });
  const handlers = createHandlers({
    ...core,
    desktop,
    updates,
    clock,
    log,
    journal,
    journalExports,
    reportFile,
    settingsFile,
    diagnostics,
    lock,
    settings: { get: () => (guard.showsDesk() ? settings.get() : lockedSettings(settings.get())) },
    quitGate,
    patches,
    past: { playback, showWindow: () => playbackWindow?.show() },
    app: {
      info: appInfo,
      show: () => deskWindow?.show(),
      openLink: (address) => shell.openExternal(address),
      openPlace: (destination, alone) =>
        alone ? placeWindows?.open(destination) : deskWindow?.open(destination),
    },
  });
  const isTrusted = createSenderCheck(ownWindows, isOwnPage);
  disposables.add(
    registerRouter(
      createRouter({
        handlers: withPast(handlers, {
          playback,
          isPast,
          patches: pastPatches,
          showPresent: () => deskWindow?.show(),
        }),
        isTrusted,
        refusal: guard.refusal,
        refusedInPast: refusedInPast(isPast),
        log,
      }),
    ),
  );

  const onTrayAct = createTrayActs({
    isLocked: lock.isLocked,
    panic: core.panic,
    decide,
    open(destination) {
      if (destination === null) deskWindow?.show();
      else open(destination);
    },
    changeSettings: core.changeSettings,
    requestQuit: () => quitGate.request(),
    clock,
  });
  disposables.add(
    startTray({
      imageFolder: join(RESOURCES, 'tray'),
      realClock,
      model() {
        const model = trayModel(core.desk, settings.get(), core.fleet.kinds(), clock.now());
        return lock.isLocked() ? lockedTray(model, settings.get().security) : model;
      },
      onAct: onTrayAct,
    }),
  );
  const files = {
    preload: join(OUT, 'preload', 'preload.cjs'),
    icon: join(RESOURCES, 'icons', 'app', '256x256.png'),
    stateFile: join(dataFolder, 'window.json'),
  };
  const onOpened = (window: BrowserWindow): void => pauseUnseen(window, patches);
  placeWindows = createPlaceWindows({
    files,
    realClock,
    log,
    openPlace: (window, destination) => pushTo(window)('window.open-place', destination),
    onOpened,
    onLost: (place, words) => tell(place, 'A window was closed', words),
  });
  const apart = placeWindows;
  const past = createPlaybackWindow({
    files,
    realClock,
    log,
    onOpened: (window) => pauseUnseen(window, pastPatches),
    onClosed: playback.end,
  });
  playbackWindow = past;
  deskWindow = openDeskWindow({
    files,
    onOpened(window) {
      onOpened(window);
      // A desk that was started to the tray shows nothing before it is asked for.
      window.once('show', apart.reopen);
    },
    realClock,
    log,
    hidden: startsHidden(app, process.argv),
    canHide: () => hasTrayHost(process.platform),
    quit: () => quitGate.request(),
    openPlace: (destination) => push('window.open-place', destination),
    onHang(hung) {
      const windowId = currentWindow()?.webContents.id;
      if (hung) quitGate.windowHangs();
      if (windowId === undefined) return;
      if (hung) patches.pause(windowId, 'hung');
      else patches.resume(windowId, 'hung');
    },
    onReloaded: (words) => tell('deck', 'The window was loaded again', words),
  });
  const shown = deskWindow;
  const menu = (): void =>
    installMenu({
      isMac: process.platform === 'darwin',
      developer: !app.isPackaged,
      showDesignSystem,
      build,
      iconPath: join(RESOURCES, 'icons', 'app', '256x256.png'),
      open,
      openApart: (place) => apart.open({ place, itemId: null }),
      askPanic() {
        shown.show();
        push('window.ask-panic', { open: true });
      },
      lock: () => void lock.lock('by hand'),
      playBack() {
        void playback.open({ atMs: null, stretch: null }).then(({ opened, message }) => {
          if (opened) past.show();
          else tell('journal', 'Nothing to play back', message);
        });
      },
      quit: () => quitGate.request(),
    });
  menu();
  disposables.add(
    region.onChange(() => {
      menu();
      for (const window of otherWindows()) window.webContents.reload();
      shown.reload({ place: 'settings', itemId: 'region' });
    }),
  );
  const openLink = createLinkOpener({
    open,
    tell: (words) => tell('deck', 'A link led nowhere', words),
    clock: realClock,
  });
  links.start({ isInstalled, show: () => shown.show(), openLink });
  app.on('activate', () => shown.show());
  const onHelperGone = createProcessWatch({ clock: realClock, note });
  app.on('child-process-gone', (_event, gone) => {
    log.warn('a helper process is gone', { ...gone });
    onHelperGone(gone);
  });
  // The desk goes on without a window; it ends when a person quits it.
  app.on('window-all-closed', () => {});
  quitInOrder({
    log,
    realClock,
    before() {
      apart.destroy();
      past.destroy();
      shown.destroy();
      note('quit', `${appName} was quit`);
    },
    steps: [
      () => disposables.dispose(),
      () => core.dispose(),
      () => moments.close(),
      () => vault.close(),
      () => journal.close(),
    ],
  });

  disposables.add(
    startWakeWatch({
      realClock,
      isOnline: () => net.isOnline(),
      onResume(listener) {
        powerMonitor.on('resume', listener);
        return () => void powerMonitor.off('resume', listener);
      },
      wake(cause) {
        log.info('links are opened again', { cause });
        core.fleet.wake();
      },
    }),
  );
  disposables.add(
    startPanicHotkey({
      shortcuts: hotkeys.of('panic'),
      settings,
      panic: core.panic,
      realClock,
      ask(isOpen) {
        if (isOpen) shown.show();
        push('window.ask-panic', { open: isOpen });
      },
      onRefused: (keys) =>
        tell('settings', 'The global hotkey of PANIC does not work', `Another program has ${keys}.`),
    }),
  );
  disposables.add(startShowHotkey({ shortcuts: hotkeys.of('show'), settings, toggle: () => shown.toggle() }));
  disposables.add(
    concealWhenLocked({
      lock,
      guard,
      security: () => settings.get().security,
      tellWindow: (status) => push('lock.changed', status),
      reloadWindow() {
        for (const window of ownWindows()) window.webContents.reload();
      },
      withdrawNotices: native.withdrawAll,
    }),
  );
  disposables.add(
    startAutoLock({
      lock,
      security: () => settings.get().security,
      realClock,
      idleSeconds: () => powerMonitor.getSystemIdleTime(),
      onSystemLock(listener) {
        powerMonitor.on('lock-screen', listener);
        return () => void powerMonitor.off('lock-screen', listener);
      },
    }),
  );
  // First a panic that was latched before, then what could be halted by it.
  await core.start();
  if (settings.trouble !== null) tell('settings', 'Not all settings were taken over', settings.trouble);
  disposables.add(
    startPracticeDesk({
      fleet: core.fleet,
      settings,
      spawn: () => spawnPractice(join(OUT, 'main', 'practice.js'), log),
      options: {
        stateFile: join(dataFolder, 'practice.json'),
        clock: clockFigures,
        seed: PRACTICE_SEED,
        ports: {},
        controlPort: launch.practiceControlPort,
        quiet: launch.quietPractice,
      },
      realClock,
      log,
      onLost: (words) => tell('deck', 'Practice desk', words),
    }),
  );
}

function appInfo() {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    node: process.versions.node,
    chrome: process.versions.chrome,
    platform: process.platform,
    dataFolder,
    clock: clockFigures,
    notificationButtons: hasNotificationButtons(process.platform),
    revision: build.revision,
    notForRelease: build.notForRelease,
  };
}

function failToStart(error: unknown): void {
  log.error('the start failed', { error });
  dialog.showErrorBox(`${appName} could not start`, error instanceof Error ? error.message : String(error));
  app.exit(1);
}
