import { FlaskConical } from 'lucide-react';

import { t } from '#shared/words.ts';

import { useEntry } from '../stores/desk.ts';
import { cx } from './cx.ts';

interface BackendTagProps {
  backendId: string;
  /** The mark as its sign alone, where the place says the word already. */
  brief?: boolean;
  className?: string;
}

/** A backend's colour and name, and PRACTICE where its data is practice data. */
export function BackendTag({ backendId, brief = false, className }: BackendTagProps) {
  const config = useEntry('backends', backendId);
  return (
    <span className={cx('inline-flex min-w-0 items-center gap-1.5 text-xs text-muted', className)}>
      <BackendDot colour={config?.colour} />
      <span className="truncate">{config?.name ?? backendId}</span>
      {config?.practice === true &&
        (brief ? (
          <FlaskConical size={11} role="img" aria-label={t('Practice')} className="shrink-0 text-practice" />
        ) : (
          <PracticeMark />
        ))}
    </span>
  );
}

/** The colour alone, where the name stands beside it already. */
export function BackendDot({ colour }: { colour: string | undefined }) {
  return (
    <span
      aria-hidden
      className="size-2 shrink-0 rounded-[3px] bg-line-strong"
      style={colour === undefined ? undefined : { backgroundColor: colour }}
    />
  );
}

/** Stands wherever practice data shows. */
export function PracticeMark({ large = false }: { large?: boolean }) {
  return (
    <span
      className={cx(
        'inline-flex shrink-0 items-center gap-1 rounded-sm border border-dashed border-practice/60 bg-practice-soft font-semibold tracking-wider text-practice uppercase',
        large ? 'h-6 px-2 text-2xs' : 'h-4 px-1 text-[0.625rem]',
      )}
    >
      {large && <FlaskConical size={12} aria-hidden />}
      {t('Practice')}
    </span>
  );
}
