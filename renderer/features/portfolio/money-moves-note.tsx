import type { BackendConfig } from '#shared/domain/backend.ts';
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
        `${t('{telling} {telling2} of deposits, not of withdrawals:', { telling: names(telling), telling2: verb(telling, 'tells', 'tell') })} `}
      {telling.length > 0 && `${t('money taken out there looks like a loss.')} `}
      {silent.length > 0 &&
        t('{silent} {silent2} of neither: money moved there looks like profit or loss.', {
          silent: names(silent),
          silent2: verb(silent, 'tells', 'tell'),
        })}
    </span>
  );
}

const names = (backends: readonly BackendConfig[]): string =>
  backends.length > 2
    ? t('{count} backends', { count: backends.length })
    : backends.map(({ name }) => name).join(` ${t('and')} `);
const verb = (backends: readonly unknown[], one: string, many: string): string =>
  backends.length === 1 ? one : many;
