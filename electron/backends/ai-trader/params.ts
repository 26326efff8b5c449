import { z } from 'zod';

import type { Json, Params } from '../port.ts';

/** A parameter is missing or of no use; the message says which, for a person. */
export class ParamError extends Error {
  override readonly name = 'ParamError';
}

/** An id of the server's: digits alone, so that it cannot lead to another call. */
export function idParam(params: Params, name: string): string {
  const id = textParam(params, name, 18);
  if (!/^\d+$/.test(id)) throw new ParamError(`“${name}” must be a number.`);
  return id;
}

export function dateParam(params: Params, name: string): string {
  const date = textParam(params, name, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !Number.isFinite(Date.parse(date)))
    throw new ParamError(`“${name}” must be a date, such as 2026-01-31.`);
  return date;
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

export function optionalNumber(params: Params, name: string): number | null {
  const text = optionalText(params, name, 40);
  if (text === null) return null;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new ParamError(`“${name}” must be a number above zero.`);
  return value;
}

export function optionalBoolean(params: Params, name: string): boolean | null {
  const value = params[name];
  if (value === undefined || value === null || value === '') return null;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new ParamError(`“${name}” must be yes or no.`);
}

/** A JSON object, given as such or as the text of one; `null` when it is absent or empty. */
export function optionalObject(params: Params, name: string): Record<string, Json> | null {
  const value = params[name];
  if (value === undefined || value === null || value === '') return null;
  const parsed = z
    .record(z.string(), z.json())
    .safeParse(typeof value === 'string' ? parseText(value, name) : value);
  if (!parsed.success) throw new ParamError(`“${name}” must be a JSON object.`);
  return parsed.data;
}

/** A list of words out of a text with commas; `null` when it is absent or empty. */
export function optionalList(params: Params, name: string): string[] | null {
  const words = (optionalText(params, name, 2_000) ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return words.length === 0 ? null : words;
}

function parseText(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ParamError(`“${name}” is not valid JSON.`);
  }
}
