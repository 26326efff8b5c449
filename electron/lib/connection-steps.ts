import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import type { BackendNetwork } from '#shared/domain/backends/network.ts';

/** One step of a connection test: says what it found, or throws what is wrong. */
export interface Step {
  name: string;
  run(): Promise<string>;
}

/** What is wrong, in words for a person. */
export class StepFailed extends Error {}
/** Why a step could not be taken, which is nothing wrong. */
export class StepSkipped extends Error {}

/** Takes the steps in order and skips what follows the first that fails. `wordsFor` knows further errors that speak to a person. */
export async function walkSteps(
  steps: readonly Step[],
  wordsFor: (error: unknown) => string | null = () => null,
): Promise<ConnectionTestStep[]> {
  const walked: ConnectionTestStep[] = [];
  for (const { name, run } of steps) {
    const hasFailed = walked.some(({ outcome }) => outcome === 'failed');
    walked.push(hasFailed ? { name, outcome: 'skipped', detail: '' } : await walk(name, run, wordsFor));
  }
  return walked;
}

async function walk(
  name: string,
  run: Step['run'],
  wordsFor: (error: unknown) => string | null,
): Promise<ConnectionTestStep> {
  try {
    return { name, outcome: 'passed', detail: await run() };
  } catch (error) {
    if (error instanceof StepSkipped) return { name, outcome: 'skipped', detail: error.message };
    const known = error instanceof StepFailed ? error.message : wordsFor(error);
    return { name, outcome: 'failed', detail: known ?? 'Failed in an unforeseen way.' };
  }
}

/** Where a backend is, and by which way it is reached. */
export interface Reached {
  address: string;
  network?: BackendNetwork | undefined;
}

/** The first step of them all: whether the name in an address means something here. */
export async function resolveName({ address, network }: Reached): Promise<string> {
  if (network?.proxy !== undefined) throw new StepSkipped('The proxy looks the name up.');
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return `${host} needs no looking up.`;
  try {
    const { address: found } = await lookup(host);
    return `${host} is ${found}.`;
  } catch {
    throw new StepFailed(`The name ${host} could not be found.`);
  }
}
