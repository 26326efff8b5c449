import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

/**
 * Renames a damaged file to `name-<mark>-<time>.ext` beside it, together with files that belong to it (`suffixes`), so
 * that it is kept as evidence and a new one can take its place. Returns the new path; throws where renaming fails.
 */
export function setAside(
  file: string,
  mark: string,
  nowMs: number,
  suffixes: readonly string[] = [],
): string {
  const target = freeName(file, mark, nowMs);
  renameSync(file, target);
  for (const suffix of suffixes) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  return target;
}

/** A name of that form that nothing has yet; two accidents may share a millisecond. */
export function freeName(file: string, mark: string, nowMs: number): string {
  const extension = extname(file);
  const stem = join(dirname(file), basename(file, extension));
  const time = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
  for (let attempt = 1; ; attempt += 1) {
    const name = `${stem}-${mark}-${time}${attempt === 1 ? '' : `-${attempt}`}${extension}`;
    if (!existsSync(name)) return name;
  }
}
