import { afterEach, beforeEach, expect } from 'vitest';

import { soon } from '../../../lib/testing/soon.ts';
import type { FlowingClock, SheetDesk } from './sheet-desk.ts';
import { startFlowingClock, startSheetDesk } from './sheet-desk.ts';
import type { SheetServer } from './sheet-server.ts';
import { startSheetServer } from './sheet-server.ts';

/** The whole desk against a server written from the sheet, for files of tests about everything that can go wrong between them. */

export const containing = (part: string): unknown => expect.stringContaining(part);
export const HTML = { status: 502, body: '<html>Bad gateway</html>', type: 'text/html' };

export let clock: FlowingClock;
export let server: SheetServer;
export let desk: SheetDesk;

/** A desk and a server of its own for each test of the file. */
export function useSheet(): void {
  beforeEach(async () => {
    clock = startFlowingClock();
    server = await startSheetServer(clock);
    desk = await startSheetDesk(clock);
  });
  afterEach(async () => {
    await desk.end();
    await server.close();
    await clock.stop();
  });
}

export const start = { baseModel: 'openai/gpt-4o', symbol: 'AAPL', date: '2026-01-05', session: 'regular' };
export const activities = (backendId = 'trader', modelId?: number) =>
  [...desk.core.desk.entries('activity')]
    .map(([, one]) => one)
    .filter(
      (one) => one.backendId === backendId && (modelId === undefined || one.subject === String(modelId)),
    );
export const runsOf = (modelId: unknown, backendId = 'trader') =>
  [...desk.core.desk.entries('runs')]
    .map(([, run]) => run)
    .filter((run) => run.backendId === backendId && run.modelId === String(modelId));

/** A model with a run that is listened to. */
export async function running(): Promise<{ id: number; run: Record<string, unknown> }> {
  const id = Number(server.addModel().id);
  const run = server.addRun(id);
  await desk.connect(server);
  await soon(() => expect(desk.link(`model-${id}`)?.state.kind).toBe('live'));
  return { id, run };
}

/** As `soon`, without the pauses between attempts. */
export const hurried = (check: () => void): Promise<void> =>
  soon(() => {
    if (desk.link('api')?.state.kind === 'waiting') desk.core.fleet.wake();
    check();
  });

/** It is read, and may be started. */
export async function idle(id: number): Promise<void> {
  await desk.connect(server);
  await soon(() => expect(desk.mayStart()).toBe(true));
  expect(desk.model(id)?.status).toBe('idle');
}
