import { realpathSync } from 'node:fs';
import { dirname, parse } from 'node:path';

/** Whether something of this name would take the place of the journal, or of what belongs to it. */
export function isOwnFile(path: string, file: string): boolean {
  const { name, ext } = parse(file);
  const own = parse(path);
  return (
    sameFolder(own.dir, dirname(file)) &&
    own.base.startsWith(name) &&
    own.base.slice(name.length).includes(ext)
  );
}

function sameFolder(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
