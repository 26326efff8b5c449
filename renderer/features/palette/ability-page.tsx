import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';

import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { BackendTag } from '../../ui/backend-tag.tsx';
import { IconButton } from '../../ui/button.tsx';
import type { Offer } from '../bot-room/abilities.ts';
import { ActPanel } from '../bot-room/act-panel.tsx';
import { ReadPanel } from '../bot-room/read-panel.tsx';

/** A read or an act of a backend that was chosen in the palette, with what is known of its parameters. */
export interface AbilityChoice {
  backend: BackendConfig;
  kind: BackendKindDescriptor;
  offer: Offer;
}

interface AbilityPageProps {
  choice: AbilityChoice;
  onOpen: (choice: AbilityChoice) => void;
  onBack: () => void;
}

/** The form of what was chosen, and its answer, in the palette's own place. */
export function AbilityPage({ choice: { backend, kind, offer }, onOpen, onBack }: AbilityPageProps) {
  const { ability, known } = offer;
  const { label, help } = ability.descriptor;
  const heading = useRef<HTMLHeadingElement>(null);
  // The list that had the focus is gone; the next Tab leads into the form.
  useEffect(() => heading.current?.focus(), []);
  const given = Object.keys(known).length === 0 ? {} : { known };
  return (
    <div className="flex min-h-0 flex-col">
      <header className="flex shrink-0 items-center gap-2.5 border-b border-line px-3 py-2.5">
        <IconButton
          size="sm"
          label={t('Back to the list')}
          icon={<ArrowLeft size={15} aria-hidden />}
          onClick={onBack}
        />
        <h2 ref={heading} tabIndex={-1} className="outline-none text-base font-semibold text-ink">
          {label}
        </h2>
        <BackendTag backendId={backend.id} className="ml-auto" />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3.5">
        <p className="mb-3 text-xs leading-relaxed text-muted">{help}</p>
        {ability.kind === 'act' ? (
          <ActPanel backend={backend} act={ability.descriptor} origin="palette" {...given} />
        ) : (
          <ReadPanel
            backend={backend}
            kind={kind}
            read={ability.descriptor}
            {...given}
            onOffer={(next) => onOpen({ backend, kind, offer: next })}
          />
        )}
      </div>
    </div>
  );
}
