import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';

import type { Params } from '../port.ts';

/** A parameter is missing or of no use; the message says which, for a person. */
export class ParamError extends Error {
  override readonly name = 'ParamError';
}

export function textParam(params: Params, name: string, maxLength = 200): string {
  const text = optionalText(params, name, maxLength);
  if (text === null) throw new ParamError(`“${name}” is missing.`);
  return text;
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

interface Bounds {
  /** Exclusive: a stop or an amount of zero means nothing here. */
  above: DecimalString;
  most: DecimalString;
}

/** A figure within its bounds, exactly as it was typed; `null` when it is absent or empty. */
export function optionalDecimal(params: Params, name: string, { above, most }: Bounds): DecimalString | null {
  const text = optionalText(params, name, 60);
  if (text === null) return null;
  const value = toDecimal(text);
  if (value === null) throw new ParamError(`“${name}” must be a number.`);
  if (compare(value, above) <= 0 || compare(value, most) > 0)
    throw new ParamError(`“${name}” must be more than ${above} and at most ${most}.`);
  return value;
}

export function decimalParam(params: Params, name: string, bounds: Bounds): DecimalString {
  const value = optionalDecimal(params, name, bounds);
  if (value === null) throw new ParamError(`“${name}” is missing.`);
  return value;
}

export const MONEY: Bounds = { above: '0', most: '1000000000000' };
export const PERCENT: Bounds = { above: '0', most: '100' };
