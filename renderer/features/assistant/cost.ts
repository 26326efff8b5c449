import type { AssistantSettings, TokenUsage } from '#shared/domain/assistant/assistant.ts';
import { add, compare, divide, multiply } from '#shared/money.ts';
import { t } from '#shared/words.ts';

/** What tokens cost at the prices a person set, such as "$0.0123"; `null` where one of both is not known. Exact until it is shown. */
export function costWords(
  usage: TokenUsage,
  {
    inputPerMillionUsd,
    outputPerMillionUsd,
  }: Pick<AssistantSettings, 'inputPerMillionUsd' | 'outputPerMillionUsd'>,
): string | null {
  if (inputPerMillionUsd === null || outputPerMillionUsd === null) return null;
  const part = (tokens: number, perMillion: string): string =>
    divide(multiply(String(tokens), perMillion), '1000000') ?? '0';
  const cost = add(
    part(usage.inputTokens, inputPerMillionUsd),
    part(usage.outputTokens, outputPerMillionUsd),
  );
  if (compare(cost, '0') > 0 && compare(cost, '0.0001') < 0) return t('less than $0.0001');
  return `$${Number(cost).toFixed(compare(cost, '1') < 0 ? 4 : 2)}`;
}
