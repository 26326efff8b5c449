/** Licences that let the application be given away as it is, with the notices that it carries. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);

/**
 * Why a licence (an SPDX expression) is not one to ship with, in words; `null` where it is. What is not on the list is refused, known or
 * not: somebody has to read it first.
 */
export function licenceTrouble(expression) {
  const refused = refusedIn(expression.trim());
  return refused === null
    ? null
    : `${refused === '' ? 'no licence' : refused} is not on the list of licences`;
}

/** One of `OR` is enough, all of `AND` are needed. Parentheses only group, and no package here nests them. */
function refusedIn(expression) {
  const plain = expression.replaceAll(/[()]/g, '').trim();
  const choices = plain
    .split(/\s+OR\s+/i)
    .map((choice) => choice.split(/\s+AND\s+/i).find((licence) => !ALLOWED.has(licence.trim())));
  return choices.some((refused) => refused === undefined) ? null : (choices[0] ?? '');
}
