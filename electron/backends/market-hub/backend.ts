import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Link } from '../../connections/port.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { ActingPort, Backend, BackendContext } from '../port.ts';
import { createAbout } from './about.ts';
import { afterWelcome, openChannel } from './channel.ts';
import { ABOUT_READ } from './descriptor.ts';
import { createIntake } from './intake.ts';

/** A heartbeat comes every 30 s: two of them missed, and a little (§5). */
const SILENCE_MS = 65 * SECOND_MS;

/** The hub publishes at no stated pace; a price of this age is no price to trade by. */
const STALE_AFTER_MS = 2 * MINUTE_MS;

/** One connected hub: it is listened to, and nothing but pings is ever sent. */
export function createBackend(context: BackendContext): Backend {
  const { config, clock, connections } = context;
  const disposables = new Disposables();
  const emit: BackendContext['emit'] = (event) => {
    if (!disposables.disposed) context.emit(event);
  };
  const about = createAbout();
  const intake = createIntake({
    backendId: config.id,
    now: () => clock.now(),
    emit,
    about,
    noteData: () => link?.noteData(),
  });
  let link: Link | null = null;

  return {
    config,
    start() {
      if (link !== null || disposables.disposed) return;
      const opened = connections.link({
        backendId: config.id,
        linkId: 'live',
        label: 'Live broadcast',
        transport: afterWelcome(openChannel(context).transport, clock),
        silenceMs: SILENCE_MS,
        staleAfterMs: STALE_AFTER_MS,
        hasSnapshot: false,
        onOpened() {
          intake.opened();
          return Promise.resolve();
        },
        onMessage: (text) => intake.take(text),
        onStatus: (status) => emit({ type: 'link-status', status }),
      });
      link = opened;
      disposables.add(() => opened.dispose());
    },
    // A hub answers no questions: all that can be done is to listen again where nothing is heard.
    refresh() {
      if (link?.status().state.kind !== 'live') link?.reopen();
      return Promise.resolve();
    },
    wake() {
      // A link that was refused for good by something in front of the hub would only be refused again.
      if (link?.status().state.kind !== 'stopped') link?.reopen();
    },
    read(id) {
      if (id === ABOUT_READ) return Promise.resolve(about.asJson());
      return Promise.reject(new Error(`A market hub cannot be asked for “${id}”.`));
    },
    acting: nothingToDo,
    panic: null,
    chat: null,
    dispose: () => disposables.dispose(),
  };
}

const noSuchAct = (act: string): Promise<never> =>
  Promise.reject(new Error(`A market hub has no act “${act}”.`));

const nothingToDo: ActingPort = { prepare: noSuchAct, perform: noSuchAct, verify: noSuchAct };
