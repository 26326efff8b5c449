import type { Destination } from './domain/attention/attention.ts';
import { place } from './domain/attention/attention.ts';

export const DEEP_LINK_SCHEME = 'quarterdeck';

/** A place to open, or why the link is none, in words that repeat nothing of it: anybody can write a link. */
export type DeepLink = { ok: true; destination: Destination } | { ok: false; words: string };

const MAX_LENGTH = 1_000;
const MAX_ITEM_LENGTH = 200;
/** Letters, then one place, then at most one item. Nothing else of an address has a meaning here. */
const SHAPE = /^quarterdeck:\/\/(?<place>[a-z-]{1,40})(?:\/(?<item>[^?#]*))?$/i;

/**
 * Reads `quarterdeck://PLACE/ITEM`. A link opens a place and does nothing more; one that carries anything besides (a
 * question mark, a fragment, a user, a port) is refused whole.
 */
export function parseDeepLink(link: string): DeepLink {
  if (link.length > MAX_LENGTH) return refused('is too long');
  const found = SHAPE.exec(link)?.groups;
  if (found === undefined) return refused('is not written as quarterdeck://PLACE/ITEM');
  const known = place.safeParse(found.place?.toLowerCase());
  if (!known.success) return refused('names a place that there is not');
  const item = readItem(found.item ?? '');
  if (item === null) return refused('names its item in a way that cannot be read');
  return { ok: true, destination: { place: known.data, itemId: item === '' ? null : item } };
}

/** The first link of ours among the words of a command line; `null` where there is none. */
export const deepLinkAmong = (argv: readonly string[]): string | null =>
  argv.find((word) => word.toLowerCase().startsWith(`${DEEP_LINK_SCHEME}:`)) ?? null;

function readItem(encoded: string): string | null {
  try {
    const item = decodeURIComponent(encoded.replace(/\/$/, ''));
    // Control and bidirectional characters could make an item look like another.
    return item.length > MAX_ITEM_LENGTH || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(item) ? null : item;
  } catch {
    return null;
  }
}

const refused = (why: string): DeepLink => ({
  ok: false,
  words: `A link was opened that ${why}. Nothing was done.`,
});
