import { optionalText, ParamError, textParam } from '../kit/params.ts';
import type { Params } from '../port.ts';

/** An id of the server's: digits alone, so that it cannot lead to another call. */
export function idParam(params: Params, name: string): string {
  const id = textParam(params, name, 18);
  if (!/^\d+$/.test(id)) throw new ParamError(`“${name}” must be a number.`);
  return id;
}

/** A list of words out of a text with commas; `null` when it is absent or empty. */
export function optionalList(params: Params, name: string): string[] | null {
  const words = (optionalText(params, name, 2_000) ?? '').split(/[\s,]+/).filter((word) => word !== '');
  return words.length === 0 ? null : words;
}
