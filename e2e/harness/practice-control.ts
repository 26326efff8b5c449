import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import type { RunningDesk } from './launch.ts';
import { ask } from './window.ts';

export interface KillSwitchAnswer {
  enabled: boolean | null;
  reason: string | null;
  setBy: string | null;
}

export interface PracticeState {
  approvals: { id: string; status: string; actedBy: string | null; title: string }[];
  balances: Record<string, number>;
  executions: unknown[];
  killSwitch: KillSwitchAnswer;
  liveStreams: number;
  /** How often each call was made, by method and path. */
  requests: Record<string, number>;
  /** The server of traders: who is followed there, and what is copied. */
  copyTrading: { follows: unknown[]; positions: unknown[] };
}

/** Steers the practice desk over its control port, and asks its own servers what is true. */
export interface PracticeControl {
  /** Does something to the practice desk and answers what its control port says. */
  act(name: string, body?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Lets the practice bot propose a trade and answers its id. */
  propose(wanted: {
    title: string;
    symbol?: string;
    side?: 'buy' | 'sell';
    quantity?: number;
  }): Promise<string>;
  state(): Promise<PracticeState>;
  statusOf(approvalId: string): Promise<string | undefined>;
  /** The halt as its public server shows it to any client. */
  killSwitch(): Promise<KillSwitchAnswer>;
  /** Ends the practice process as a crash would. */
  kill(): Promise<void>;
  /** Nothing of the practice process runs until the answer is called; its connections stay open. */
  freeze(): Promise<() => void>;
}

/** Waits until the practice desk answers, and the desk has read what it finds there: what comes after that is new to it. */
export async function steerPractice(desk: RunningDesk, controlPort: number): Promise<PracticeControl> {
  const base = `http://127.0.0.1:${controlPort}/control`;

  async function json(address: string, init?: RequestInit): Promise<unknown> {
    const answer = await fetch(address, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text === '' ? {} : JSON.parse(text);
  }

  async function practicePid(): Promise<number> {
    const pid = await desk.app.evaluate(
      ({ app }) => app.getAppMetrics().find((process) => process.name === 'Quarterdeck practice desk')?.pid,
    );
    if (pid === undefined) throw new Error('the practice process is not running');
    return pid;
  }

  const control: PracticeControl = {
    async act(name, body = {}) {
      const headers = { 'content-type': 'application/json' };
      const answer = await json(`${base}/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
      return answer as Record<string, unknown>;
    },
    async propose(wanted) {
      const { approval } = (await control.act('propose', wanted)) as { approval: { _id: string } };
      return approval._id;
    },
    state: async () => (await json(`${base}/state`)) as PracticeState,
    statusOf: async (id) => (await control.state()).approvals.find((approval) => approval.id === id)?.status,
    async killSwitch() {
      const { slices } = await ask(desk.page, 'desk.snapshot', {});
      const address = slices.backends.find(([id]) => id === 'practice')?.[1].address;
      return (await json(`${address}/kill-switch`)) as KillSwitchAnswer;
    },
    async kill() {
      process.kill(await practicePid(), 'SIGKILL');
    },
    async freeze() {
      const pid = await practicePid();
      process.kill(pid, 'SIGSTOP');
      return () => void process.kill(pid, 'SIGCONT');
    },
  };

  await expect(async () => expect((await control.state()).liveStreams).toBe(1)).toPass();
  await expect.poll(() => linkState(desk.page)).toBe('live');
  return control;
}

/** The tray's second gesture of PANIC on the practice desk: the bot, the models and the copies can be halted. */
export const HALT_NOW = 'Halt 3 backends now';

const linkState = async (page: Page): Promise<string | undefined> =>
  (await ask(page, 'desk.snapshot', {})).slices.links.find(([key]) => key === 'practice/live')?.[1].state
    .kind;
