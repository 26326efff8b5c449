import { expect } from '@playwright/test';

/** Steers the practice desk over its control port, and asks its own servers what is true. */
export interface PracticeControl {
  /** Does something to the practice desk and answers what its control port says. */
  act(name: string, body?: Record<string, unknown>): Promise<Record<string, unknown>>;
  state(): Promise<Record<string, unknown>>;
  /** Asks the public protocol, as any other client of the server would. */
  read(path: string): Promise<unknown>;
  /** The halt as the server itself shows it. */
  killSwitch(): Promise<{ enabled: boolean | null; reason: string | null; setBy: string | null }>;
}

export function createPracticeControl(controlPort: number): PracticeControl {
  const base = `http://127.0.0.1:${controlPort}/control`;

  async function json(address: string, init?: RequestInit): Promise<Record<string, unknown>> {
    const answer = await fetch(address, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${text.slice(0, 300)}`);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  }

  const control: PracticeControl = {
    act: (name, body = {}) =>
      json(`${base}/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    state: () => json(`${base}/state`),
    async read(path) {
      const { address } = await control.state();
      return json(`${String(address)}${path}`);
    },
    killSwitch: async () => (await control.read('/kill-switch')) as Awaited<ReturnType<PracticeControl['killSwitch']>>,
  };
  return control;
}

/** Waits until the practice desk's own servers answer. */
export async function waitForPractice(control: PracticeControl): Promise<void> {
  await expect(async () => void (await control.state())).toPass({ timeout: 20_000, intervals: [100] });
}
