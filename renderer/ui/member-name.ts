import { humanise } from './humanise.ts';
import { KNOWN_NAMES } from './member-names-known.ts';

/** Members that only wrap others and say nothing themselves. */
const WRAPPERS = /^(report|summary|metrics|config|meta|data|stats|risk)$/i;

/** "maxDrawdown", "max_drawdown" → "Largest drawdown", in the language of the desk where that is known; else its name as words. */
export function memberName(name: string): string {
  const parts = name.split('.');
  return (
    KNOWN_NAMES.get(keyOf(name)) ??
    KNOWN_NAMES.get(keyOf(parts.at(-1) ?? '')) ??
    humanise(parts.at(-1) ?? name)
  );
}

/** What columns are called beside one another: what a member is in is said as well where two would have the same name. */
export function memberNames(names: readonly string[]): string[] {
  const short = names.map(memberName);
  return names.map((name, index) => {
    const own = short[index] ?? name;
    if (short.filter((other) => other === own).length === 1) return own;
    const around = name
      .split('.')
      .slice(0, -1)
      .filter((part) => !WRAPPERS.test(part));
    return [...around.map(memberName), own].join(' · ');
  });
}

const keyOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
