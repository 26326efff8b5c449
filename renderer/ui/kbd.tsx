import { t } from '#shared/words.ts';

/** A key as it is written on the keyboard. `Mod` is Ctrl, or Cmd on a Mac. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex items-center gap-0.5">
      {keys.split('+').map((key) => (
        <span
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line-strong bg-raised px-1 text-2xs font-medium text-muted"
        >
          {key === 'Mod' ? modifier : key}
        </span>
      ))}
    </kbd>
  );
}

const modifier = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac') ? '⌘' : t('Ctrl');
