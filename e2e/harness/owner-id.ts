import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The owner id of the practice bot, as its own file in the data folder has it. */
export function ownerIdIn(dataFolder: string): string {
  const files = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
  const found = files
    .map((name) => /"ownerId":\s*"(\d+)"/.exec(readFileSync(join(dataFolder, name), 'utf8'))?.[1])
    .find((id) => id !== undefined);
  if (found === undefined) throw new Error(`no owner id in ${files.join(', ')}`);
  return found;
}
