/** What a request may weigh. The longest honest one is a conversation, a megabyte at most. */
const PAYLOAD_LIMITS = { characters: 8_000_000, values: 200_000, depth: 40 } as const;

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Looks at a request before any schema does: plain data only (what JSON can say), no key that reaches a prototype, and
 * within the limits. Answers what is wrong with it, or `null`. Bounded itself: it stops at the first limit.
 */
export function findPayloadFault(payload: unknown): string | null {
  let characters = 0;
  let values = 0;
  let level: unknown[] = [payload];

  for (let depth = 0; level.length > 0; depth += 1) {
    // A value that contains itself never gets shallower, so this ends cycles too.
    if (depth > PAYLOAD_LIMITS.depth) return 'nested too deeply';
    const next: unknown[] = [];
    for (const value of level) {
      values += 1;
      if (typeof value === 'string') characters += value.length;
      else if (Array.isArray(value)) pushAll(next, value);
      else if (typeof value === 'object' && value !== null) {
        if (!isPlain(value)) return 'not plain data';
        for (const [key, member] of Object.entries(value)) {
          if (FORBIDDEN_KEYS.has(key)) return 'a forbidden key';
          characters += key.length;
          next.push(member);
        }
      } else if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') {
        return 'not plain data';
      }
      if (characters > PAYLOAD_LIMITS.characters || values + next.length > PAYLOAD_LIMITS.values)
        return 'too large';
    }
    level = next;
  }
  return null;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Adds at most what the limit needs to be seen broken; spreading a huge array would overflow the stack. */
function pushAll(target: unknown[], source: readonly unknown[]): void {
  const end = Math.min(source.length, PAYLOAD_LIMITS.values + 1);
  for (let index = 0; index < end; index += 1) target.push(source[index]);
}
