import { z } from 'zod';

import type { Json, Params } from '../port.ts';

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
  const value = optionalNumber(params, name, bounds);
  if (value === null) throw new ParamError(`“${name}” is missing.`);
  return value;
}

export function booleanParam(params: Params, name: string): boolean {
  const value = params[name];
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false' || value === undefined || value === null) return false;
  throw new ParamError(`“${name}” must be yes or no.`);
}

const jsonObject = z.record(z.string(), z.json());

/** A JSON object, given as such or as the text of one; `null` when it is absent or empty. */
export function optionalObject(params: Params, name: string): Record<string, Json> | null {
  const value = params[name];
  if (value === undefined || value === null || value === '') return null;
  const parsed = jsonObject.safeParse(typeof value === 'string' ? parseText(value, name) : value);
  if (!parsed.success) throw new ParamError(`“${name}” must be a JSON object.`);
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > 90_000) {
    throw new ParamError(`“${name}” is larger than CoinRuler takes.`);
  }
  return parsed.data;
}

export function objectParam(params: Params, name: string): Record<string, Json> {
  const value = optionalObject(params, name);
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
