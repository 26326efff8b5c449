import { DatabaseSync } from 'node:sqlite';

import { z } from 'zod';

/** The journal as it lies on the disk, read without any of the desk's own code. */
export interface JournalFile {
  entries: JournalRow[];
  memory: ReadonlyMap<string, string>;
}

const row = z.object({
  seq: z.number(),
  at_ms: z.number(),
  kind: z.string(),
  backend_id: z.string().nullable(),
  summary: z.string(),
  data: z.string(),
});
export type JournalRow = z.infer<typeof row>;
const fact = z.object({ key: z.string(), value: z.string() });

export function readJournalFile(path: string): JournalFile {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const entries = z
      .array(row)
      .parse(
        database
          .prepare('SELECT seq, at_ms, kind, backend_id, summary, data FROM entries ORDER BY seq')
          .all(),
      );
    const facts = z.array(fact).parse(database.prepare('SELECT key, value FROM memory').all());
    return { entries, memory: new Map(facts.map(({ key, value }) => [key, value])) };
  } finally {
    database.close();
  }
}
