// Sequences that steer a terminal, and characters that reorder, hide or join text without being seen. What joins letters of
// some scripts, and pictures of several, stays.
const UNSEEN = /\u001b\[[\d;?]*[A-Za-z]|(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}]/gu;
const BREAKS = /\r\n?|[\u2028\u2029]/g;
const PLAIN = /^[\t\n -~]*$/;
const FIRST_HALF = /[\ud800-\udbff]$/;

/** An answer as it can be shown, from pieces as they come: one half of a letter waits for the other. */
export function createVisibleText() {
  let held = '';
  return {
    of(piece: string): string {
      const text = held + piece;
      held = FIRST_HALF.exec(text)?.[0] ?? '';
      if (PLAIN.test(text)) return text;
      return text
        .slice(0, text.length - held.length)
        .replace(BREAKS, '\n')
        .replace(UNSEEN, '');
    },
  };
}
