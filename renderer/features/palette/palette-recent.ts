import { z } from 'zod';

import { keep, readKept } from '../../stores/kept.ts';

const MOST_RECENT = 6;
const KEPT_AS = 'palette-recent';

const kept = z.array(z.string().max(200)).max(MOST_RECENT);

/** What was chosen last, newest first: names of entries, never of proposals, which come and go. */
export function readRecent(): string[] {
  return kept.safeParse(readKept(KEPT_AS)).data ?? [];
}

export function rememberRecent(id: string): void {
  if (id.startsWith('approval:')) return;
  keep(KEPT_AS, [id, ...readRecent().filter((one) => one !== id)].slice(0, MOST_RECENT));
}
