import { setImmediate } from 'node:timers/promises';

import { redact } from '../lib/redact.ts';

const LINES_AT_ONCE = 200;

/**
 * A text as it may leave this computer: without any secret that is kept (by its value, in whatever it is wrapped), without what only
 * looks like one, and without the name of the person's folder. Line by line with pauses, so that PANIC never waits for a long log.
 */
export async function cleanText(
  text: string,
  { hide, home }: { hide(text: string): string; home: string },
): Promise<string> {
  const lines = text.split('\n');
  const clean: string[] = [];
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
    const some = lines.slice(at, at + LINES_AT_ONCE).join('\n');
    const hidden = redact(hide(some));
    clean.push(home === '' ? hidden : hidden.replaceAll(home, '~'));
    await setImmediate();
  }
  return clean.join('\n');
}
