import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { useKinds } from '../../stores/kinds.ts';
import type { Scope } from './scope.ts';
import { useScopes } from './scope.ts';

/** What the backends tell of money that moves in or out, since what they do not tell looks like profit or loss. */
export function MoneyMovesNote({ scope }: { scope: Scope }) {
  const backends = useScopes()[scope];
  const kinds = useKinds();
  if (kinds === null) return null;
  const telling = backends.filter(({ kind }) => kinds.get(kind)?.tellsDeposits === true);
  const silent = backends.filter((backend) => !telling.includes(backend));
  return (
    <span>
      {telling.length > 0 &&
        `${t(
          '{names} {count, plural, one {tells} other {tell}} of deposits, not of withdrawals: money taken out there looks like a loss.',
          { names: names(telling), count: telling.length },
        )} `}
      {silent.length > 0 &&
        t(
          '{names} {count, plural, one {tells} other {tell}} of neither: money moved there looks like profit or loss.',
          { names: names(silent), count: silent.length },
        )}
    </span>
  );
}

const names = (backends: readonly BackendConfig[]): string =>
  backends.length > 2
    ? t('{count} backends', { count: backends.length })
    : backends.map(({ name }) => name).reduce((list, last) => t('{list} and {last}', { list, last }));
