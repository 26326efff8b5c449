import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';

import { ParamError } from '../kit/params.ts';
import type { Params } from '../port.ts';

export function textParam(params: Params, name: string, label: string, maxLength = 100): string {
  const value = params[name];
  if (typeof value !== 'string' && typeof value !== 'number') throw new ParamError(`${label} is missing.`);
  const text = String(value).trim();
  if (text === '') throw new ParamError(`${label} is missing.`);
  if (text.length > maxLength) throw new ParamError(`${label} is longer than ${maxLength} characters.`);
  return text;
}

/** In capitals, without what no symbol holds. */
export function symbolParam(params: Params): string {
  const symbol = textParam(params, 'symbol', 'The symbol', 40).toUpperCase();
  if (!/^[\p{L}\p{N}]+$/u.test(symbol))
    throw new ParamError('A symbol holds letters and digits only, such as BTCUSDT.');
  return symbol;
}

/** As for a watch list, whose symbols the server insists to be in USDT (§4.4). */
export function listedSymbolParam(params: Params): string {
  const symbol = symbolParam(params);
  if (!/.USDT$/.test(symbol)) throw new ParamError('Only symbols that end in USDT can be on a watch list.');
  return symbol;
}

export function thresholdParam(params: Params): { number: number; decimal: DecimalString } {
  // As it is sent, which is as a float.
  const decimal = toDecimal(Number(toDecimal(params.threshold) ?? Number.NaN));
  if (decimal === null) throw new ParamError('The threshold must be a number.');
  if (compare(decimal, '0') <= 0) {
    throw new ParamError(
      'VolSpike takes thresholds above zero only, so negative funding cannot be watched for there.',
    );
  }
  return { number: Number(decimal), decimal };
}

export function choiceParam<T extends string>(
  params: Params,
  name: string,
  label: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === params[name]);
  if (found === undefined) throw new ParamError(`${label} must be one of ${choices.join(', ')}.`);
  return found;
}
