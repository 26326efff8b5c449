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
import { appId, appName } from './desktop/lifecycle/app-name.ts';
import { isOwnPage } from './desktop/windows/app-page.ts';
import { declareAppScheme } from './desktop/windows/app-protocol.ts';
import { readBuildInfo } from './desktop/lifecycle/build-info.ts';
import { createFileChooser, createFileFinder } from './desktop/system/choose-file.ts';
import { gatherLinks } from './desktop/lifecycle/deep-links.ts';
import { showDesignSystem } from './desktop/windows/design-page.ts';
import { createDesktopStatus } from './desktop/system/desktop-status.ts';
import { createHotkeys, hotkeyLimit } from './desktop/keys/hotkeys.ts';
import { hardenEveryPage } from './desktop/windows/harden.ts';
import { parseLaunchOptions } from './desktop/lifecycle/launch-options.ts';
import { createLinkOpener } from './desktop/lifecycle/link-opener.ts';
import { findLoginStart, startsHidden } from './desktop/lifecycle/login-start.ts';
import { startPanicHotkey } from './desktop/keys/panic-hotkey.ts';
import { lockedTray } from './desktop/tray/locked-tray.ts';
import { openLogFile } from './desktop/system/log-file.ts';
import { installMenu } from './desktop/menu/menu.ts';
import { printPaper } from './desktop/windows/print-paper.ts';
import { startPracticeDesk } from './desktop/practice/practice-desk.ts';
import { spawnPractice } from './desktop/practice/practice-process.ts';
import { createProcessWatch } from './desktop/system/process-watch.ts';
import { createQuickDecision, parseApprovalKey } from './desktop/quick-decision.ts';
import { askByDialog } from './desktop/lifecycle/quit-dialog.ts';
import { quitInOrder } from './desktop/lifecycle/quit.ts';
import { startShowHotkey } from './desktop/keys/show-hotkey.ts';
import { onSystemEnd } from './desktop/lifecycle/system-end.ts';
import { hasTrayHost } from './desktop/tray/tray-host.ts';
import { createTrayActs } from './desktop/tray/tray-acts.ts';
import { trayModel } from './desktop/tray/tray-model.ts';
import { createSoundPage } from './desktop/windows/sound-page.ts';
import { catalogueOf } from './desktop/system/catalogue.ts';
import { followRegion } from './desktop/system/follow-region.ts';
import { createSleepGuard } from './desktop/system/sleep-guard.ts';
import { regionScript } from './desktop/windows/region-script.ts';
import { pauseUnseen } from './desktop/windows/unseen.ts';
import { systemFigures } from './desktop/system/system-figures.ts';
import { createSystemProbes } from './desktop/system/system-probes.ts';
import { startTray } from './desktop/tray/tray.ts';
import { createDiagnostics } from './diagnostics/diagnostics.ts';
import { startWakeWatch } from './desktop/system/wake-watch.ts';
import { secureSession } from './desktop/windows/window.ts';
import { createWindows } from './desktop/windows/windows.ts';
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
  const windows = createWindows();
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
  const push = lockedPush(createPushToAll(createPush(windows.own), windows.others), guard);

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
    open: windows.open,
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
    flash: windows.flash,
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
    open: windows.open,
    tell: (outcome) => tell('approvals', 'Not decided yet', outcome.message),
  });
  const decide = lockedDecisions(decideNow, guard, (refusal) => {
    windows.show();
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
      if (question !== null) windows.show();
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
  const sendPatches = (windowId: number, batch: DeskPatchBatch): boolean =>
    pushTo(windows.byId(windowId))('desk.patches', batch);
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
  disposables.add(playback.onState((state) => void pushTo(windows.past())('playback.state', state)));
  const pastPatches = createPatchHub({ desk: playback.desk, frameClock: realClock, send: sendPatches });
  disposables.add(pastPatches.dispose);
  const documents = (): string => app.getPath('documents');
  const chooseFile = createFileChooser({
    folder: documents,
    saveTo: launch.saveTo,
    ask(options) {
      const window = windows.own();
      return window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options);
    },
  });
  const reportFile = createReportFile({
    journal,
    clock,
    chooseFile,
    print: () => printPaper(windows.all()),
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
        const window = windows.own();
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
    past: { playback, showWindow: windows.showPast },
    app: {
      info: appInfo,
      show: windows.show,
      openLink: (address) => shell.openExternal(address),
      openPlace: (destination, alone) => windows.openIn(alone ? 'apart' : 'own', destination),
    },
  });
  const isTrusted = createSenderCheck(windows.all, isOwnPage);
  disposables.add(
    registerRouter(
      createRouter({
        handlers: withPast(handlers, {
          playback,
          isPast: windows.isPast,
          patches: pastPatches,
          showPresent: windows.show,
        }),
        isTrusted,
        refusal: guard.refusal,
        refusedInPast: refusedInPast(windows.isPast),
        log,
      }),
    ),
  );

  const onTrayAct = createTrayActs({
    isLocked: lock.isLocked,
    panic: core.panic,
    decide,
    open(destination) {
      if (destination === null) windows.show();
      else windows.open(destination);
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
  const icon = join(RESOURCES, 'icons', 'app', '256x256.png');
  windows.start({
    files: { preload: join(OUT, 'preload', 'preload.cjs'), icon, stateFile: join(dataFolder, 'window.json') },
    realClock,
    log,
    desk: {
      hidden: startsHidden(app, process.argv),
      canHide: () => hasTrayHost(process.platform),
      quit: () => quitGate.request(),
      openPlace: (destination) => push('window.open-place', destination),
      onOpened: (window) => pauseUnseen(window, patches),
      onHang(hung) {
        const windowId = windows.own()?.webContents.id;
        if (hung) quitGate.windowHangs();
        if (windowId === undefined) return;
        if (hung) patches.pause(windowId, 'hung');
        else patches.resume(windowId, 'hung');
      },
      onReloaded: (words) => tell('deck', 'The window was loaded again', words),
    },
    places: {
      openPlace: (window, destination) => pushTo(window)('window.open-place', destination),
      onOpened: (window) => pauseUnseen(window, patches),
      onLost: (place, words) => tell(place, 'A window was closed', words),
    },
    past: { onOpened: (window) => pauseUnseen(window, pastPatches), onClosed: playback.end },
  });
  const menu = (): void =>
    installMenu({
      isMac: process.platform === 'darwin',
      developer: !app.isPackaged,
      showDesignSystem,
      build,
      iconPath: icon,
      open: windows.open,
      openApart: (place) => windows.openIn('apart', { place, itemId: null }),
      askPanic() {
        windows.show();
        push('window.ask-panic', { open: true });
      },
      lock: () => void lock.lock('by hand'),
      playBack() {
        void playback.open({ atMs: null, stretch: null }).then(({ opened, message }) => {
          if (opened) windows.showPast();
          else tell('journal', 'Nothing to play back', message);
        });
      },
      quit: () => quitGate.request(),
    });
  menu();
  disposables.add(
    region.onChange(() => {
      menu();
      windows.reload({ place: 'settings', itemId: 'region' });
    }),
  );
  const openLink = createLinkOpener({
    open: windows.open,
    tell: (words) => tell('deck', 'A link led nowhere', words),
    clock: realClock,
  });
  links.start({ isInstalled, show: windows.show, openLink });
  app.on('activate', windows.show);
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
      windows.destroy();
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
        if (isOpen) windows.show();
        push('window.ask-panic', { open: isOpen });
      },
      onRefused: (keys) =>
        tell('settings', 'The global hotkey of PANIC does not work', `Another program has ${keys}.`),
    }),
  );
  disposables.add(startShowHotkey({ shortcuts: hotkeys.of('show'), settings, toggle: windows.toggle }));
  disposables.add(
    concealWhenLocked({
      lock,
      guard,
      security: () => settings.get().security,
      tellWindow: (status) => push('lock.changed', status),
      reloadWindow() {
        for (const window of windows.all()) window.webContents.reload();
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
