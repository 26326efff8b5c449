import type { BackendConfig, ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import type { FoundAtAddress } from '#shared/ipc/detect-requests.ts';

import type { BackendContext, BackendKind } from './port.ts';

/** The name of the server has an address: says nothing of what answers there. */
const STEPS_THAT_TELL_NOTHING = 1;
/** What so many kinds say alike is about the way there; about what answers, each has words of its own. */
const ALIKE = 3;

export interface DetectParts {
  kinds: Iterable<BackendKind>;
  config: BackendConfig;
  /** A context for one try, which gives out no secret. */
  contextFor(config: BackendConfig): BackendContext;
}

/**
 * Which kinds of backend seem to answer at an address, the likeliest first. Each kind takes its own test there, without a secret, and
 * acts on nothing; how far it comes says how well it fits. Where none comes anywhere, what stopped most of them alike is the reason.
 */
export async function detectKinds({ kinds, config, contextFor }: DetectParts): Promise<FoundAtAddress> {
  const tried = await Promise.all(
    [...kinds].map(async ({ descriptor, test }) => {
      const address = addressFor(config.address, descriptor.addressPlaceholder);
      // A kind whose test breaks on what it meets is not what runs there.
      const steps = await test(contextFor({ ...config, kind: descriptor.kind, address })).catch(() => []);
      const stopped = steps.find(({ outcome }) => outcome === 'failed')?.detail ?? '';
      return { kind: descriptor.kind, passed: passedSteps(steps), stopped };
    }),
  );
  const found = tried
    .filter(({ passed }) => passed > 0)
    .sort((one, other) => other.passed - one.passed)
    .map(({ kind }) => kind);
  return { kinds: found, trouble: found.length > 0 ? null : saidAlike(tried.map(({ stopped }) => stopped)) };
}

function saidAlike(words: readonly string[]): string | null {
  const times = (text: string): number => words.filter((one) => one === text).length;
  return words.find((text) => text !== '' && times(text) >= ALIKE) ?? null;
}

const passedSteps = (steps: readonly ConnectionTestStep[]): number =>
  steps.slice(STEPS_THAT_TELL_NOTHING).filter(({ outcome }) => outcome === 'passed').length;

/** The same place under the scheme that the kind is reached by: a page of a bot is typed as http more often than as ws. */
function addressFor(address: string, placeholder: string): string {
  const url = new URL(address);
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const scheme = /^wss?:/i.test(placeholder) ? (secure ? 'wss' : 'ws') : secure ? 'https' : 'http';
  return address.replace(/^[a-z]+(?=:)/i, scheme);
}
