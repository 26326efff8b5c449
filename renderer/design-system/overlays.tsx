import { useState } from 'react';

import { toast } from '../stores/toasts.ts';
import { Button } from '../ui/button.tsx';
import { ContextMenu } from '../ui/context-menu.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { Section, Specimen } from './section.tsx';

const ITEMS = [
  { id: 'one', label: 'Open in its own window', onSelect: () => {} },
  { id: 'two', label: 'Chosen', chosen: true, apart: true, onSelect: () => {} },
  { id: 'three', label: 'Not chosen', chosen: false, onSelect: () => {} },
];

/** What lies over the rest: each opens as it does in the desk. */
export function Overlays() {
  const [open, setOpen] = useState<'neutral' | 'danger' | null>(null);
  return (
    <Section title="Over the rest">
      <Specimen name="Menus, tooltip, dialogs, toasts">
        <Menu label="Example" items={ITEMS}>
          <Button>Menu</Button>
        </Menu>
        <ContextMenu items={ITEMS}>
          <span className="rounded-md border border-dashed border-line-strong px-3 py-1.5 text-sm text-muted">
            Second button here
          </span>
        </ContextMenu>
        <Tooltip content="Says more about what it stands on.">
          <Button>Tooltip</Button>
        </Tooltip>
        <Button onClick={() => setOpen('neutral')}>Dialog</Button>
        <Button variant="danger-quiet" onClick={() => setOpen('danger')}>
          Grave dialog
        </Button>
        <Button onClick={() => toast('A notice', { description: 'Something happened.' })}>Notice</Button>
        <Button onClick={() => toast.success('Done', { description: 'It is saved.' })}>Success</Button>
        <Button onClick={() => toast.warning('Look here', { description: 'A limit is near.' })}>
          Warning
        </Button>
        <Button onClick={() => toast.error('It failed', { description: 'The disk is full.' })}>Error</Button>
      </Specimen>
      <Dialog
        open={open !== null}
        onOpenChange={() => setOpen(null)}
        tone={open ?? 'neutral'}
        width="sm"
        title={open === 'danger' ? 'Halt every bot?' : 'Rename this layout'}
        description="What it is about, in a sentence."
        footer={
          <>
            <Button onClick={() => setOpen(null)}>Keep it</Button>
            <Button variant={open === 'danger' ? 'danger' : 'primary'} onClick={() => setOpen(null)}>
              Do it
            </Button>
          </>
        }
      >
        <p className="text-sm text-muted">The safe answer stands first.</p>
      </Dialog>
    </Section>
  );
}
