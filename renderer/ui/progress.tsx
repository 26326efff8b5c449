interface ProgressProps {
  /** How much is done, in percent; `null` where that is not known. */
  pct: number | null;
  label: string;
  /** The same in words: a percentage alone says nothing of how much there is. */
  words: string;
}

/** How far something has come. */
export function ProgressBar({ pct, label, words }: ProgressProps) {
  const shown = pct === null ? null : Math.min(100, Math.max(0, pct));
  return (
    <div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuetext={words}
        {...(shown === null
          ? {}
          : { 'aria-valuenow': Math.round(shown), 'aria-valuemin': 0, 'aria-valuemax': 100 })}
        className="h-1.5 overflow-hidden rounded-full bg-soft"
      >
        <span
          className={`block h-full rounded-full bg-accent ${shown === null ? 'w-full animate-pulse' : ''}`}
          style={shown === null ? {} : { width: `${shown}%` }}
        />
      </div>
      <p aria-hidden className="figures mt-1.5 text-xs text-muted">
        {words}
      </p>
    </div>
  );
}
