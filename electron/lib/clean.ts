import type { z } from 'zod';

import type { Fact } from '#shared/domain/fact.ts';

type Json = z.core.util.JSONType;

/** Members that carry a secret in answers of some backend: rotation results hold the old key, lists of one-time codes the code. */
const SECRET_NAMES = new Set([
  'newkeyid',
  'oldkeyid',
  'code',
  'mfacode',
  'apikey',
  'apisecret',
  'secret',
  'password',
  'token',
  'accesstoken',
  'authorization',
  'signature',
]);

export const isSecretName = (name: string): boolean =>
  SECRET_NAMES.has(/^[a-z]+$/.test(name) ? name : name.toLowerCase().replace(/[_-]/g, ''));

const LIMITS = { depth: 8, members: 1_000, text: 4_000, name: 80, fact: 200 };

// Control characters but for tab and line feed, and the marks that reorder, join or hide text: a proposal must not be
// able to disguise itself. And halves of a character (Cs), which no database keeps as they are.
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What most texts are made of; looking for it costs a tenth of looking for the others. */
const PRINTABLE = /^[ -~]*$/;
const HALF_AT_END = /\p{Cs}$/u;

/** Untrusted text, made safe to show: no control or direction marks, at most `maxLength` characters. Not text: ''. */
export function plainText(value: unknown, maxLength: number): string {
  if (typeof value !== 'string') return '';
  if (value.length <= maxLength && PRINTABLE.test(value)) return value.trim();
  // Cut before cleaning, so that a text of megabytes costs no more than one of the length that is shown.
  const whole = value.slice(0, maxLength * 2);
  const cut = whole.replace(UNPRINTABLE, '').trim();
  return cut.length > maxLength ? `${cut.slice(0, maxLength - 1).replace(HALF_AT_END, '')}…` : cut;
}

/**
 * An answer of the server as it may leave this folder: bounded, without secrets, without the server's own bookkeeping
 * (members that start with an underscore; `_id` becomes `id`).
 */
export function cleanJson(value: unknown, depth = LIMITS.depth): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string') return plainText(value, LIMITS.text);
  if (typeof value !== 'object') return null;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, LIMITS.members).map((item) => cleanJson(item, depth - 1));
  const clean: Record<string, Json> = {};
  for (const [raw, member] of Object.entries(value).slice(0, LIMITS.members)) {
    // As it is shown: marks that hide must not get a name past these two either.
    const name = plainText(raw, LIMITS.name);
    if (isSecretName(name)) continue;
    if (!name.startsWith('_')) clean[name] = cleanJson(member, depth - 1);
    else if (name === '_id' && !('id' in value)) clean.id = cleanJson(member, depth - 1);
  }
  return clean;
}

/** One row for a table: members of members get a dotted name, lists become one text. */
export function flatRow(value: unknown): Record<string, Json> {
  const row: Record<string, Json> = {};
  const add = (prefix: string, member: Json): void => {
    if (Array.isArray(member)) row[prefix] = plainText(member.map(shortText).join(', '), 300);
    else if (member !== null && typeof member === 'object') {
      for (const [name, inner] of Object.entries(member))
        add(prefix === '' ? name : `${prefix}.${name}`, inner);
    } else row[prefix === '' ? 'value' : prefix] = member;
  };
  add('', cleanJson(value, 4));
  return row;
}

/**
 * The members of what a message carries as texts to show, each of at most `longest` characters, without secrets and those that say
 * nothing. What is no object has none.
 */
export function factsOf(value: unknown, longest = LIMITS.fact): Fact[] {
  if (typeof value !== 'object' || value === null) return [];
  const plain = plainFacts(value, longest);
  if (plain !== null) return plain;
  const facts: Fact[] = [];
  for (const [name, member] of Object.entries(flatRow(value))) {
    if (member === null || isSecretName(name)) continue;
    facts.push({ name: plainText(name, LIMITS.name), value: plainText(shortText(member), longest) });
  }
  return facts;
}

/** The same for an object as most are, short texts and figures under plain names, in half the time; `null` for any other. */
function plainFacts(value: object, longest: number): Fact[] | null {
  const facts: Fact[] = [];
  const names = Object.keys(value);
  if (Array.isArray(value) || names.length > LIMITS.members) return null;
  for (const name of names) {
    const member = (value as Record<string, unknown>)[name];
    if (name === '' || name.startsWith('_') || plainText(name, LIMITS.name) !== name) return null;
    if (isSecretName(name) || member === null) continue;
    if (typeof member === 'string' && member.length <= longest)
      facts.push({ name, value: plainText(member, longest) });
    else if (typeof member === 'boolean' || (typeof member === 'number' && Number.isFinite(member)))
      facts.push({ name, value: String(member) });
    else return null;
  }
  return facts;
}

/** The text itself, or the JSON of anything else. */
export function shortText(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : JSON.stringify(value);
}
