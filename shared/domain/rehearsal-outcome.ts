import type { BackendRehearsal, Rehearsal } from './rehearsal.ts';

/** One line over a rehearsal. */
export interface RehearsalOutcome {
  /** Everything that can be halted is ready, and there is something. */
  isReady: boolean;
  words: string;
}

/** What came of a rehearsal, by name: who could not be reached comes first, because that is what a person has to mend. */
export function rehearsalOutcome({ backends }: Pick<Rehearsal, 'backends'>): RehearsalOutcome {
  const of = (state: BackendRehearsal['state']): string[] =>
    backends.filter((one) => one.state === state).map(({ name }) => name);
  const [running, unreachable, notReady, ready] = [
    of('running'),
    of('unreachable'),
    of('not-ready'),
    of('ready'),
  ];
  if (running.length > 0) return { isReady: false, words: `${listed(running)} not answered yet` };
  const parts = [
    ...(unreachable.length > 0 ? [`${listed(unreachable)} could not be reached`] : []),
    ...(notReady.length > 0
      ? [`${listed(notReady)} ${notReady.length === 1 ? 'answers' : 'answer'}, but would not be halted`]
      : []),
  ];
  if (parts.length > 0) return { isReady: false, words: parts.join('; ') };
  if (ready.length === 0) return { isReady: false, words: 'nothing that can be halted was connected' };
  return { isReady: true, words: `${listed(ready)} ready` };
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
