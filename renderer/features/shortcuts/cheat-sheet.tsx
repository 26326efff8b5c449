import { useUi } from '../../stores/ui.ts';
import { later } from '../../ui/later.tsx';

const dialog = later(() => import('./keys-dialog.tsx').then((m) => m.KeysDialog));

/** Every key at a glance, once it is asked for. */
export function CheatSheet() {
  const open = useUi((state) => state.cheatSheetOpen);
  return open ? <dialog.Component meanwhile={null} /> : null;
}
