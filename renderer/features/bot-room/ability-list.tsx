import { Eye, Hand, LayoutList, Zap } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { cx } from '../../ui/cx.ts';
import { SearchInput } from '../../ui/search-input.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { Ability } from './abilities.ts';
import { abilityGroups, abilityKey } from './abilities.ts';

interface AbilityListProps {
  kind: BackendKindDescriptor;
  /** The key of what is open; `null` is the overview. */
  openKey: string | null;
  onOpen: (ability: Ability | null) => void;
}

/** Everything that a backend can be asked and told, by group. */
export function AbilityList({ kind, openKey, onOpen }: AbilityListProps) {
  const [text, setText] = useState('');
  const groups = useMemo(() => abilityGroups(kind, text), [kind, text]);
  return (
    <nav
      aria-label={t('What it can do')}
      className="flex min-h-0 w-60 shrink-0 flex-col rounded-lg border border-line bg-surface"
    >
      <div className="shrink-0 border-b border-line p-2">
        <SearchInput
          label={t('Filter')}
          placeholder={t('Filter')}
          className="block"
          value={text}
          onChange={setText}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {text === '' && (
          <Row
            label={t('Overview')}
            icon={<LayoutList size={13} aria-hidden />}
            open={openKey === null}
            onOpen={() => onOpen(null)}
          />
        )}
        {groups.map(({ name, abilities }) => (
          <section key={name} aria-label={name} className="mt-3 first:mt-0">
            <h2 className="label px-2 pb-1">{name}</h2>
            {abilities.map((ability) => (
              <Row
                key={abilityKey(ability)}
                label={ability.descriptor.label}
                help={ability.descriptor.help}
                icon={<AbilityIcon ability={ability} />}
                open={abilityKey(ability) === openKey}
                onOpen={() => onOpen(ability)}
              />
            ))}
          </section>
        ))}
        {groups.length === 0 && <p className="px-2 py-4 text-xs text-muted">{t('Nothing of that name.')}</p>}
      </div>
    </nav>
  );
}

/** An eye for a look, a hand for a look that leaves a trace, a bolt for an act. */
function AbilityIcon({ ability }: { ability: Ability }) {
  if (ability.kind === 'act') return <Zap size={13} aria-hidden className="text-accent" />;
  return ability.descriptor.free ? (
    <Eye size={13} aria-hidden />
  ) : (
    <Hand size={13} aria-hidden className="text-warn" />
  );
}

interface RowProps {
  label: string;
  help?: string;
  icon: React.ReactNode;
  open: boolean;
  onOpen: () => void;
}

function Row({ label, help, icon, open, onOpen }: RowProps) {
  return (
    <Tooltip content={help} side="right">
      <button
        type="button"
        aria-current={open ? 'page' : undefined}
        onClick={onOpen}
        className={cx(
          'flex h-7 w-full items-center gap-2 rounded-md px-2 text-left text-sm',
          open ? 'bg-soft font-medium text-ink' : 'text-muted hover:bg-raised hover:text-ink',
        )}
      >
        <span className="shrink-0 text-faint">{icon}</span>
        <span className="truncate">{label}</span>
      </button>
    </Tooltip>
  );
}
