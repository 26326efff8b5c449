import { z } from 'zod';

import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';

import type { Json, Params } from '../port.ts';

/** A parameter is missing or of no use; the message says which, for a person. */
export class ParamError extends Error {
  override readonly name = 'ParamError';
}

export function textParam(params: Params, name: string, maxLength = 200): string {
  return required(optionalText(params, name, maxLength), name);
}

/** `null` when it is absent or empty. */
export function optionalText(params: Params, name: string, maxLength = 200): string | null {
  const value = params[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw new ParamError(`“${name}” must be text.`);
  const text = String(value).trim();
  if (text.length > maxLength) throw new ParamError(`“${name}” is longer than ${maxLength} characters.`);
  return text === '' ? null : text;
}

/** A number within its bounds, also when it was typed as text; `null` when it is absent or empty. */
export function optionalNumber(
  params: Params,
  name: string,
  bounds: { min: number; max: number },
): number | null {
  const text = optionalText(params, name, 40);
  if (text === null) return null;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new ParamError(`“${name}” must be a number.`);
  if (value < bounds.min || value > bounds.max) {
    throw new ParamError(`“${name}” must be between ${bounds.min} and ${bounds.max}.`);
  }
  return value;
}

export function numberParam(params: Params, name: string, bounds: { min: number; max: number }): number {
  return required(optionalNumber(params, name, bounds), name);
}

interface DecimalBounds {
  /** Exclusive: a stop or an amount of zero means nothing. */
  above: DecimalString;
  most: DecimalString;
}

/** A figure within its bounds, exactly as it was typed; `null` when it is absent or empty. */
export function optionalDecimal(
  params: Params,
  name: string,
  { above, most }: DecimalBounds,
): DecimalString | null {
  const text = optionalText(params, name, 60);
  if (text === null) return null;
  const value = toDecimal(text);
  if (value === null) throw new ParamError(`“${name}” must be a number.`);
  if (compare(value, above) <= 0 || compare(value, most) > 0)
    throw new ParamError(`“${name}” must be more than ${above} and at most ${most}.`);
  return value;
}

export function decimalParam(params: Params, name: string, bounds: DecimalBounds): DecimalString {
  return required(optionalDecimal(params, name, bounds), name);
}

export const MONEY: DecimalBounds = { above: '0', most: '1000000000000' };
export const PERCENT: DecimalBounds = { above: '0', most: '100' };

/** `null` when it is absent or empty. */
export function optionalBoolean(params: Params, name: string): boolean | null {
  const value = params[name];
  if (value === undefined || value === null || value === '') return null;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new ParamError(`“${name}” must be yes or no.`);
}

/** No, when it is absent. */
export const booleanParam = (params: Params, name: string): boolean => optionalBoolean(params, name) ?? false;

export function dateParam(params: Params, name: string): string {
  const date = textParam(params, name, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !Number.isFinite(Date.parse(date)))
    throw new ParamError(`“${name}” must be a date, such as 2026-01-31.`);
  return date;
}

const jsonObject = z.record(z.string(), z.json());
/** No server takes a larger body; the least of them stops at 100 kB. */
const MOST_OBJECT_BYTES = 90_000;

/** A JSON object, given as such or as the text of one; `null` when it is absent or empty. */
export function optionalObject(params: Params, name: string): Record<string, Json> | null {
  const value = params[name];
  if (value === undefined || value === null || value === '') return null;
  const parsed = jsonObject.safeParse(typeof value === 'string' ? parseText(value, name) : value);
  if (!parsed.success) throw new ParamError(`“${name}” must be a JSON object.`);
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > MOST_OBJECT_BYTES) {
    throw new ParamError(`“${name}” is larger than the server takes.`);
  }
  return parsed.data;
}

export const objectParam = (params: Params, name: string): Record<string, Json> =>
  required(optionalObject(params, name), name);

function required<T>(value: T | null, name: string): T {
  if (value === null) throw new ParamError(`“${name}” is missing.`);
  return value;
}

function parseText(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ParamError(`“${name}” is not valid JSON.`);
  }
}
