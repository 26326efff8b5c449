import { Radar } from 'lucide-react';

import type { BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../../ui/button.tsx';

interface FoundKindsProps {
  /** Of what seems to answer there, the likeliest first. */
  found: readonly BackendKindDescriptor[];
  /** Why nobody could be asked there; `null` where something answered. */
  trouble: string | null;
  chosen: string;
  onUse: (kind: string) => void;
}

/** What answers at the address that was typed, and the way to use it. */
export function FoundKinds({ found, trouble, chosen, onUse }: FoundKindsProps) {
  const [likeliest, ...others] = found;
  return (
    <div
      role="status"
      aria-label={t('What answers there')}
      className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-canvas px-3 py-2 text-sm"
    >
      <Radar size={15} aria-hidden className="shrink-0 text-accent" />
      <span className="min-w-0 flex-1 text-ink">
        {likeliest === undefined
          ? (trouble ??
            t('Something answers at this address, and Quarterdeck does not know it. Is the port right?'))
          : likeliest.kind === chosen
            ? t('{label} answers there, as chosen above.', { label: likeliest.label })
            : t('{label} answers there.', { label: likeliest.label })}
        {others.length > 0 && (
          <span className="block text-xs text-muted">
            {t('It could also be {list}.', {
              list: others
                .map(({ label }) => label)
                .reduce((before, word) => t('{before} or {word}', { before, word })),
            })}
          </span>
        )}
      </span>
      {found
        .filter(({ kind }) => kind !== chosen)
        .map(({ kind, label }, index) => (
          <Button
            key={kind}
            size="sm"
            variant={index === 0 && kind === likeliest?.kind ? 'primary' : 'secondary'}
            onClick={() => onUse(kind)}
          >
            {t('Use {label}', { label })}
          </Button>
        ))}
    </div>
  );
}
