import type { ShortcutName } from '#shared/domain/settings/shortcuts.ts';

import { useShortcutKeys } from '../../stores/shortcuts.ts';
import { Kbd } from '../../ui/kbd.tsx';

/** The keys of something where it is done, as the person set them; nothing where it has none. */
export function ShortcutKbd({ name }: { name: ShortcutName }) {
  const keys = useShortcutKeys()[name];
  return keys === null ? null : <Kbd keys={keys} />;
}
