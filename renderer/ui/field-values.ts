import type { z } from 'zod';

import { assertNever } from '#shared/assert-never.ts';
import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { toDecimal } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { readDecimal, writeDecimal } from './typed-decimal.ts';

export type FieldTexts = Readonly<Record<string, string>>;
type Json = z.core.util.JSONType;
export type FieldParams = Record<string, Json>;

/** What the inputs hold before a person types: the defaults of the descriptors, over them what is known already. */
export function initialTexts(fields: readonly FieldDescriptor[], known: FieldTexts = {}): FieldTexts {
  return Object.fromEntries(
    fields.map((field) => {
      const text = known[field.name] ?? startingText(field);
      return [field.name, field.type === 'number' ? writeDecimal(text) : text];
    }),
  );
}

/** Parameters as the inputs would hold them; a code is good for one use, and is not. */
export function textsOf(fields: readonly FieldDescriptor[], params: FieldParams): FieldTexts {
  const codes = new Set(fields.filter(({ type }) => type === 'one-time-code').map(({ name }) => name));
  return Object.fromEntries(
    fields.flatMap(({ name, type }) => {
      const value = params[name];
      if (codes.has(name)) return [];
      return [
        [
          name,
          value === undefined ? '' : typeof value === 'object' ? objectText(type, value) : String(value),
        ],
      ];
    }),
  );
}

/** Reads the inputs into parameters: an empty one that is not required is left out; what is wrong is said by field name. */
export function parseFieldTexts(
  fields: readonly FieldDescriptor[],
  texts: FieldTexts,
): { ok: true; params: FieldParams } | { ok: false; errors: Record<string, string> } {
  const params: FieldParams = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? '').trim();
    if (text === '') {
      if (field.required) errors[field.name] = t('Fill this in.');
      continue;
    }
    const read = readField(field, text);
    if ('error' in read) errors[field.name] = read.error;
    else params[field.name] = read.value;
  }
  return Object.keys(errors).length === 0 ? { ok: true, params } : { ok: false, errors };
}

function readField(field: FieldDescriptor, text: string): { value: Json } | { error: string } {
  switch (field.type) {
    case 'text':
    case 'long-text':
    case 'date':
      return { value: text };
    case 'one-time-code':
      return { value: text.replaceAll(/\s/g, '') };
    case 'number':
      return readNumber(field, text);
    case 'boolean':
      return { value: text === 'true' };
    case 'choice':
      return field.choices?.some((choice) => choice.value === text) === true
        ? { value: text }
        : { error: t('Choose one of the list.') };
    case 'amounts':
      return readAmounts(text);
    case 'json':
      return readJson(text);
    default:
      return assertNever(field.type);
  }
}

function readNumber({ min, max }: FieldDescriptor, text: string): { value: number } | { error: string } {
  const value = Number(readDecimal(text) ?? Number.NaN);
  if (!Number.isFinite(value))
    return { error: t('Type a number, such as {example}.', { example: writeDecimal('1500.5') }) };
  if (min !== undefined && value < min)
    return { error: t('Not below {min}.', { min: writeDecimal(String(min)) }) };
  if (max !== undefined && value > max)
    return { error: t('Not above {max}.', { max: writeDecimal(String(max)) }) };
  return { value };
}

/** "BTC 0.5" a line, or several with a comma and a blank between them. What follows an asset is read like any number. */
function readAmounts(text: string): { value: Json } | { error: string } {
  const amounts: Record<string, number> = {};
  for (const part of text.split(/\n|;|,(?!\d)/).map((one) => one.trim())) {
    if (part === '') continue;
    const [, asset = '', figure = ''] = /^([\p{L}\p{N}$.-]{1,24})[\s:=]+(.+)$/u.exec(part) ?? [];
    const amount = Number(readDecimal(figure) ?? Number.NaN);
    if (asset === '' || !Number.isFinite(amount) || amount < 0)
      return {
        error: t('“{part}” is no asset with an amount, such as {example}.', {
          part: part.slice(0, 40),
          example: `BTC ${writeDecimal('0.5')}`,
        }),
      };
    const name = asset.toUpperCase();
    if (Object.hasOwn(amounts, name)) return { error: t('{name} stands there twice.', { name }) };
    amounts[name] = amount;
  }
  return Object.keys(amounts).length === 0 ? { error: t('Fill this in.') } : { value: amounts };
}

/** What is typed for an object: as it is read again. */
const objectText = (type: FieldDescriptor['type'], value: Json): string =>
  type === 'amounts' && typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .map(([asset, amount]) => `${asset} ${writeDecimal(toDecimal(amount) ?? '')}`)
        .join('\n')
    : JSON.stringify(value);

function readJson(text: string): { value: Json } | { error: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { error: t('This is not valid JSON.') };
  }
}

function startingText(field: FieldDescriptor): string {
  if (field.defaultValue !== undefined) return field.defaultValue;
  return field.type === 'boolean' ? 'false' : '';
}
