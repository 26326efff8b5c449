import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Alert } from '#shared/domain/alerts/alert.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import type { Model } from '#shared/domain/bots/model.ts';

import type { ManualClock } from '../../../lib/clock.ts';
import { createManualClock } from '../../../lib/clock.ts';
import type { TestDesk } from '../../../testing/test-desk.ts';
import { startTestDesk } from '../../../testing/test-desk.ts';
import type { SheetServer } from './sheet-server.ts';

/** The whole desk, with its journal and its files, connected to servers written from the sheet. */
export interface SheetDesk extends TestDesk {
  folder: string;
  connect(server: SheetServer, id?: string, user?: number): Promise<void>;
  /** Nothing that the door can tell by itself speaks against starting a model. */
  mayStart(backendId?: string): boolean;
  model(modelId: unknown, backendId?: string): Model | undefined;
  link(linkId: string, backendId?: string): LinkStatus | undefined;
  alerts(backendId?: string): Alert[];
  submit(
    act: string,
    params: Record<string, string>,
    backendId?: string,
  ): ReturnType<TestDesk['core']['door']['submit']>;
  end(): Promise<void>;
}

export interface FlowingClock extends ManualClock {
  /** Keeps to about the pace of real time until the answer, for what is done outside of this thread. */
  slowly(until: Promise<unknown>): void;
  stop(): Promise<void>;
}

/** Time goes on by itself and hardly faster than what happens in it: a busy machine makes it slow, not late. */
export function startFlowingClock(): FlowingClock {
  const clock = createManualClock(Date.UTC(2030, 0, 1, 12));
  let slow = 0;
  let flows = true;
  const flow = async (): Promise<void> => {
    while (flows) {
      await clock.advance(slow > 0 ? 1 : 50);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const flowing = flow();
  return {
    ...clock,
    slowly(until) {
      slow += 1;
      void until.finally(() => (slow -= 1));
    },
    stop() {
      flows = false;
      return flowing;
    },
  };
}

export async function startSheetDesk(clock: FlowingClock): Promise<SheetDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-sheet-'));
  const starting = startTestDesk(folder, clock);
  clock.slowly(starting);
  const desk = await starting;
  let requests = 0;
  const servers: SheetServer[] = [];
  return {
    ...desk,
    folder,
    async connect(server, id = 'trader', user = 0) {
      servers.push(server);
      const { email = '', password = '' } = server.users[user] ?? {};
      await desk.core.fleet.save(
        {
          id,
          kind: 'ai-trader',
          name: id,
          colour: '#8b7cf6',
          address: server.address,
          practice: false,
          enabled: true,
          allowPlainHttp: false,
        },
        { email, password },
      );
    },
    mayStart: (backendId = 'trader') =>
      desk.core.door
        .check({ backendId, act: 'start-intraday', params: {} })
        .every(({ id, verdict }) => id === 'params' || verdict === 'pass'),
    model: (modelId, backendId = 'trader') => desk.core.desk.get('models', `${backendId}/${String(modelId)}`),
    link: (linkId, backendId = 'trader') => desk.core.desk.get('links', `${backendId}/${linkId}`),
    alerts: (backendId = 'trader') =>
      [...desk.core.desk.entries('alerts')]
        .map(([, alert]) => alert)
        .filter((one) => one.backendId === backendId),
    submit(act, params, backendId = 'trader') {
      const outcome = desk.core.door.submit({
        requestId: `request-${(requests += 1)}`,
        backendId,
        act,
        params,
        origin: 'window',
        acceptedWarnings: ['already-active', 'stop-deletes'],
      });
      // Before it is sent it is written to a disk, which knows no other time than the machine's.
      clock.slowly(Promise.race([outcome, ...servers.map((server) => server.nextAct())]));
      return outcome;
    },
    async end() {
      await desk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
