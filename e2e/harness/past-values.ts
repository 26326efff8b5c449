import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A value that a backend had at a time; `depositUsd` was put in then. */
interface PastValue {
  atMs: number;
  totalUsd: string;
  depositUsd?: string;
}

/** Writes the past of the practice desk's value into the journal of a desk that is closed, as if it had run then. */
export function writePastValues(dataFolder: string, values: readonly PastValue[]): void {
  const database = new DatabaseSync(join(dataFolder, 'journal.sqlite'));
  const put = database.prepare('INSERT INTO equity VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  for (const { atMs, totalUsd, depositUsd } of values)
    put.run('practice', atMs - (atMs % 60_000), totalUsd, depositUsd ?? null);
  database.close();
}
