import type { z } from 'zod';

import type { Problem } from './answers.ts';
import { invalid } from './answers.ts';

type Issue = z.core.$ZodIssue;

/** Checks a body as the real framework does, and complains in its words (sheet, section 3). */
export function checkBody<S extends z.ZodType>(schema: S, bodyText: string): z.output<S> {
  const body = bodyText === '' ? null : parseBody(bodyText);
  if (body === null) throw invalid([{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }]);
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map((issue) => problemOf(issue, body)));
}

/** A whole number in the path. */
export function pathInt(name: string, value: string): number {
  if (/^[+-]?\d{1,15}$/.test(value)) return Number(value);
  throw invalid([intProblem(['path', name], value)]);
}

/** A whole number in the query, within bounds where there are some. */
export function queryInt(
  query: URLSearchParams,
  name: string,
  limits: { fallback: number; ge?: number; le?: number },
): number {
  const value = query.get(name);
  if (value === null) return limits.fallback;
  if (!/^[+-]?\d{1,15}$/.test(value)) throw invalid([intProblem(['query', name], value)]);
  const { ge = -Infinity, le = Infinity } = limits;
  const loc = ['query', name];
  if (Number(value) < ge) {
    const msg = `Input should be greater than or equal to ${ge}`;
    throw invalid([{ type: 'greater_than_equal', loc, msg, input: value, ctx: { ge } }]);
  }
  if (Number(value) > le) {
    const msg = `Input should be less than or equal to ${le}`;
    throw invalid([{ type: 'less_than_equal', loc, msg, input: value, ctx: { le } }]);
  }
  return Number(value);
}

/** A text that the query has to have. */
export function queryText(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value !== null) return value;
  throw invalid([{ type: 'missing', loc: ['query', name], msg: 'Field required', input: null }]);
}

function parseBody(bodyText: string): unknown {
  try {
    return JSON.parse(bodyText);
  } catch {
    const ctx = { error: 'Expecting value' };
    throw invalid([{ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error', input: {}, ctx }]);
  }
}

function problemOf(issue: Issue, body: unknown): Problem {
  const loc = ['body', ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const { input } = issue;
  if (issue.code === 'invalid_type') {
    if (input === undefined) return { type: 'missing', loc, msg: 'Field required', input: body };
    const [type, words] = TYPES[issue.expected] ?? ['type_error', issue.expected];
    return { type, loc, msg: `Input should be a valid ${words}`, input };
  }
  if (issue.code === 'too_small') {
    const minimum = Number(issue.minimum);
    const msg = `String should have at least ${minimum} characters`;
    return { type: 'string_too_short', loc, msg, input, ctx: { min_length: minimum } };
  }
  const reason = 'An email address must have an @-sign.';
  const msg = `value is not a valid email address: ${reason}`;
  return { type: 'value_error', loc, msg, input, ctx: { reason } };
}

const intProblem = (loc: string[], input: string): Problem => ({
  type: 'int_parsing',
  loc,
  msg: 'Input should be a valid integer, unable to parse string as an integer',
  input,
});

const TYPES: Partial<Record<string, readonly [type: string, words: string]>> = {
  string: ['string_type', 'string'],
  number: ['float_type', 'number'],
  int: ['int_type', 'integer'],
  boolean: ['bool_type', 'boolean'],
  array: ['list_type', 'list'],
  object: ['dict_type', 'dictionary'],
  record: ['dict_type', 'dictionary'],
};
