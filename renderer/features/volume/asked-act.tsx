import type { ActDescriptor, BackendConfig } from '#shared/domain/backends/backend.ts';

import type { FieldParams, FieldTexts } from '../../ui/field-values.ts';
import { ActDialog } from '../bot-room/act-dialog.tsx';
import { useBackend } from '../../stores/kinds.ts';

/** An act that the person asked for, on one thing of one backend. */
export interface AskedAct {
  backendId: string;
  act: ActDescriptor;
  about: string;
  fixed: FieldParams;
  known: FieldTexts;
}

/** The dialog of an act that was asked for; nothing while none is. */
export function AskedActDialog({ asked, onClose }: { asked: AskedAct | null; onClose: () => void }) {
  const { config } = useBackend(asked?.backendId ?? null);
  if (asked === null || config === undefined) return null;
  return (
    <OpenDialog
      key={`${asked.backendId} ${asked.act.id} ${asked.about}`}
      config={config}
      asked={asked}
      onClose={onClose}
    />
  );
}

function OpenDialog({
  config,
  asked,
  onClose,
}: {
  config: BackendConfig;
  asked: AskedAct;
  onClose: () => void;
}) {
  return (
    <ActDialog
      backend={config}
      acts={[asked.act]}
      about={asked.about}
      fixedFor={() => asked.fixed}
      knownFor={() => asked.known}
      onClose={onClose}
    />
  );
}
