import { LoaderCircle } from 'lucide-react';

/** Turning while something is under way. Give it words where nothing else says what it waits for. */
export function Spinner({ size = 16, label }: { size?: number; label?: string }) {
  return (
    <span
      role={label === undefined ? undefined : 'status'}
      className="inline-flex items-center gap-2 text-muted"
    >
      <LoaderCircle size={size} aria-hidden className="animate-spin text-current" />
      {label}
    </span>
  );
}
