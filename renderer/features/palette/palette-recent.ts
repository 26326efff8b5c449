import { z } from 'zod';

const MOST_RECENT = 6;
const KEPT_AS = 'palette-recent';

const kept = z.array(z.string().max(200)).max(MOST_RECENT);

/** What was chosen last, newest first: names of entries, never of proposals, which come and go. */
export function readRecent(): string[] {
  try {
    return kept.parse(JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]'));
  } catch {
    // Something else wrote there, or nothing can be kept: then nothing is recent.
    return [];
  }
}

export function rememberRecent(id: string): void {
  if (id.startsWith('approval:')) return;
  const next = [id, ...readRecent().filter((one) => one !== id)].slice(0, MOST_RECENT);
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(next));
  } catch {
    // It is a convenience.
  }
}
