import { Ellipsis } from 'lucide-react';

import type { ActDescriptor } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';

interface ThingMenuProps {
  /** What it is about: "BTCUSDT price". */
  about: string;
  acts: readonly ActDescriptor[];
  onChoose: (act: ActDescriptor) => void;
}

/** What can be done with one thing; nothing where its backend offers nothing. */
export function ThingMenu({ about, acts, onChoose }: ThingMenuProps) {
  if (acts.length === 0) return null;
  return (
    <span className="inline-flex" onClick={(event) => event.stopPropagation()}>
      <Menu
        label={t('With {about}', { about })}
        items={acts.map((act) => ({ id: act.id, label: act.label, onSelect: () => onChoose(act) }))}
      >
        <IconButton
          acts
          size="sm"
          label={t('More with {about}', { about })}
          icon={<Ellipsis size={14} aria-hidden />}
        />
      </Menu>
    </span>
  );
}
