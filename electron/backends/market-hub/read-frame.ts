import { parseJson } from '#shared/json.ts';

import { plainFrame } from './plain-messages.ts';
import type { WireFrame } from './protocol.ts';
import { wireFrame } from './protocol.ts';

/** A frame as it was understood. `repaired`: bare NaN or Infinity stood in it and count as `null`. */
export interface ReadFrame {
  frame: WireFrame;
  repaired: boolean;
}

/** Reads one text frame; `null` for what is no message of a hub. Never throws. */
export function readFrame(textFrame: string): ReadFrame | null {
  const asSent = parseJson(textFrame);
  const value = asSent ?? parseJson(withoutNonFinite(textFrame));
  const frame = plainFrame(value) ?? wireFrame.safeParse(value).data;
  return frame === undefined ? null : { frame, repaired: asSent === undefined };
}

/** A string, closed or cut off, so that what stands in it is passed over whole; or one of the tokens (§7.1). */
const STRING_OR_TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|-?Infinity|NaN/g;

/** Python writes the bare tokens NaN, Infinity and -Infinity for such floats. One pass, whatever the text is. */
export const withoutNonFinite = (json: string): string =>
  json.replace(STRING_OR_TOKEN, (found) => (found.startsWith('"') ? found : 'null'));
