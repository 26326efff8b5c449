import type { BackendConfig } from '#shared/domain/backend.ts';

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
        `${names(telling)} ${verb(telling, 'tells', 'tell')} of deposits, not of withdrawals: `}
      {telling.length > 0 && 'money taken out there looks like a loss. '}
      {silent.length > 0 &&
        `${names(silent)} ${verb(silent, 'tells', 'tell')} of neither: money moved there looks like profit or loss.`}
    </span>
  );
}

const names = (backends: readonly BackendConfig[]): string =>
  backends.length > 2 ? `${backends.length} backends` : backends.map(({ name }) => name).join(' and ');
const verb = (backends: readonly unknown[], one: string, many: string): string =>
  backends.length === 1 ? one : many;
