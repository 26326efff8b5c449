import { t } from '../../words.ts';

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
  if (running.length > 0)
    return { isReady: false, words: t('{list} not answered yet', { list: listed(running) }) };
  const parts = [
    ...(unreachable.length > 0 ? [t('{list} could not be reached', { list: listed(unreachable) })] : []),
    ...(notReady.length > 0
      ? [
          t('{list} {count, plural, one {answers} other {answer}}, but would not be halted', {
            list: listed(notReady),
            count: notReady.length,
          }),
        ]
      : []),
  ];
  if (parts.length > 0) return { isReady: false, words: parts.join('; ') };
  if (ready.length === 0) return { isReady: false, words: t('nothing that can be halted was connected') };
  return { isReady: true, words: t('{list} ready', { list: listed(ready) }) };
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : t('{list} and {last}', { list: names.slice(0, -1).join(', '), last });
}
