import { PANIC_KEYS } from '#shared/domain/settings/shortcuts.ts';
import { t } from '#shared/words.ts';

import { openPlace, setCheatSheetOpen } from '../../stores/ui.ts';
import { useShortcutKeys } from '../../stores/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { SHORTCUT_GROUPS } from './shortcut-groups.ts';

/** Keys that are the same for everybody. */
const ALWAYS = [
  { keys: PANIC_KEYS, label: t('PANIC; pressed again it halts') },
  { keys: 'Mod+Shift+L', label: t('Lock the desk') },
  { keys: 'Mod+,', label: t('Settings') },
  { keys: 'F6', label: t('From the bar to the places to the place') },
  { keys: 'Esc', label: t('Leaves a dialog, a menu, the palette') },
] as const;

/** Every key at a glance, as they are now. */
export function KeysDialog() {
  const keysNow = useShortcutKeys();
  const groups = [
    { title: t('Always'), lines: ALWAYS },
    ...SHORTCUT_GROUPS.map(({ title, lines }) => ({
      title,
      lines: lines.flatMap(({ name, label }) => {
        const keys = keysNow[name];
        return keys === null ? [] : [{ keys, label }];
      }),
    })),
  ];
  return (
    <Dialog
      open
      onOpenChange={setCheatSheetOpen}
      title={t('Keys at a glance')}
      width="lg"
      footer={
        <Button
          onClick={() => {
            setCheatSheetOpen(false);
            openPlace('settings', 'shortcuts');
          }}
        >
          {t('Change keys')}
        </Button>
      }
    >
      <div className="columns-1 gap-8 sm:columns-2">
        {groups.map(({ title, lines }) => (
          <section key={title} aria-label={title} className="mb-5 break-inside-avoid">
            <h3 className="label mb-1.5">{title}</h3>
            <ul className="flex flex-col">
              {lines.map(({ keys, label }) => (
                <li
                  key={label}
                  className="flex min-h-7 items-center justify-between gap-4 border-b border-line/60 text-sm text-muted last:border-0"
                >
                  {label} <Kbd keys={keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
