import { told } from '#shared/told.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';

const MAX_TITLE = 120;
const MAX_BODY = 300;

/** The name a person gave the backend. */
export const nameOf = (desk: DeskReader, backendId: string): string =>
  desk.get('backends', backendId)?.name ?? backendId;

export const isPractice = (desk: DeskReader, backendId: string): boolean =>
  desk.get('backends', backendId)?.practice ?? false;

/** Said wherever practice data shows, in front, where it cannot be cut off. */
export const practiceMark = (practice: boolean): string => (practice ? `${t('PRACTICE')} · ` : '');

export const titleText = (text: string): string => oneLine(text, MAX_TITLE);
/** What the desk or a backend said, told in the language of the person. */
export const bodyText = (text: string): string => oneLine(told(text), MAX_BODY);

/**
 * A text that others wrote, for one line: without control characters, and without the ones that turn the direction of
 * reading or take no room, which could make a notice read as something that it is not.
 */
function oneLine(text: string, limit: number): string {
  const line = text
    .slice(0, limit * 4)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}
