import { Plus } from 'lucide-react';

import { t } from '#shared/words.ts';

import { useSliceValues } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { Button } from '../../ui/button.tsx';
import type { AskedAct } from './asked-act.tsx';

/** One button for each connected backend on which such a thing can be made; its name is said where there are several. */
export function CreateButtons({ act: actId, onAsk }: { act: string; onAsk: (asked: AskedAct) => void }) {
  const backends = useSliceValues('backends');
  const kinds = useKinds();
  const makers = backends.flatMap((backend) => {
    const act = backend.enabled ? kinds?.get(backend.kind)?.acts.find(({ id }) => id === actId) : undefined;
    return act === undefined ? [] : [{ backend, act }];
  });
  return makers.map(({ backend, act }) => (
    <Button
      key={backend.id}
      acts
      size="sm"
      icon={<Plus size={13} aria-hidden />}
      onClick={() => onAsk({ backendId: backend.id, act, about: backend.name, fixed: {}, known: {} })}
    >
      {makers.length > 1 ? t('{label} on {name}', { label: act.label, name: backend.name }) : act.label}
    </Button>
  ));
}
