import { assertNever } from '#shared/assert-never.ts';
import type { RuleAction, RuleCondition, TradingRule } from '#shared/domain/bots/trading-rule.ts';
import type { Fact } from '#shared/domain/fact.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';
import { formatAge } from '#shared/time.ts';
import { spokenLanguage, t } from '#shared/words.ts';

import { formatFigure, formatNumber, formatPrice } from '../../ui/format.ts';
import { formatPlainPercent } from '../../ui/format-exact.ts';
import { humanise } from '../../ui/humanise.ts';
import { memberName } from '../../ui/member-name.ts';

type Band = Pick<Exclude<RuleCondition, { kind: 'other' }>, 'over' | 'under'>;

/** A rule as a sentence: "When BTC falls by more than 5% in 1 d: sell 10% of the BTC held." */
export function ruleSentence({ conditions, actions }: Pick<TradingRule, 'conditions' | 'actions'>): string {
  const does = actions.length === 0 ? t('do nothing') : formatList(actions.map(actionWords));
  return conditions.length === 0
    ? t('Always: {does}.', { does })
    : t('When {what}: {does}.', {
        what: formatList(conditions.map(({ condition }) => conditionWords(condition))),
        does,
      });
}

/** What has to hold, as the part of a sentence that follows "when". */
export function conditionWords(condition: RuleCondition): string {
  const besides = besidesWords(condition.besides);
  switch (condition.kind) {
    case 'price-change':
      return priceChangeWords(condition) + besides;
    case 'exposure': {
      const { asset } = condition;
      return (
        t(
          '{asset} makes up {band, select, over {more than {over}} under {less than {under}} both {more than {over} and less than {under}} other {any share}} of what is held',
          { asset, ...bandValues(condition, share) },
        ) + besides
      );
    }
    case 'rsi':
      return (
        t(
          'the RSI of {asset}{periods, select, none {} other { over {periods} periods}} is {band, select, over {above {over}} under {below {under}} both {above {over} and below {under}} other {at any value}}',
          { ...indicatorValues(condition), ...bandValues(condition, (value) => formatFigure(value)) },
        ) + besides
      );
    case 'volatility':
      return (
        t(
          'the volatility of {asset}{periods, select, none {} other { over {periods} periods}} is {band, select, over {above {over}} under {below {under}} both {above {over} and below {under}} other {at any value}}',
          { ...indicatorValues(condition), ...bandValues(condition, share) },
        ) + besides
      );
    case 'average':
      return (
        t(
          'the average price of {asset}{periods, select, none {} other { over {periods} periods}} is {band, select, over {above {over}} under {below {under}} both {above {over} and below {under}} other {at any value}}',
          { ...indicatorValues(condition), ...bandValues(condition, (value) => formatPrice(value)) },
        ) + besides
      );
    case 'other':
      return t('“{name}” holds', { name: nameWords(condition.name) }) + besides;
    default:
      return assertNever(condition);
  }
}

/** What is then done, as a wish: "sell 10% of the BTC held". */
export function actionWords(action: RuleAction): string {
  const besides = besidesWords(action.besides);
  switch (action.kind) {
    case 'buy':
      return (
        t(
          'buy {asset}{share, select, none {} other { worth {share} of the {asset} held}}{order, select, market {, at the market price} limit {, by a limit order} other {}}{slippage, select, none {} other {, {slippage} off at most}}',
          tradeValues(action),
        ) + besides
      );
    case 'sell':
      return (
        t(
          'sell {share, select, none {} other {{share} of the }}{asset}{share, select, none {} other { held}}{order, select, market {, at the market price} limit {, by a limit order} other {}}{slippage, select, none {} other {, {slippage} off at most}}',
          tradeValues(action),
        ) + besides
      );
    case 'rebalance':
      return (
        t('rebalance to {targets}', {
          targets: formatList(action.targets.map(({ asset, pct }) => `${asset} ${share(pct)}`)),
        }) + besides
      );
    case 'other':
      return t('do “{name}”', { name: nameWords(action.name) }) + besides;
    default:
      return assertNever(action);
  }
}

/** When the rule is looked at by its own account. */
export function triggerWords(trigger: TradingRule['trigger']): string {
  switch (trigger.kind) {
    case 'interval':
      return t('Every {time}', { time: formatAge(trigger.everyMs) });
    case 'event':
      return t('On “{name}”', { name: trigger.name });
    case 'other':
      return trigger.name === '' ? t('Not said') : trigger.name;
    default:
      return assertNever(trigger);
  }
}

const GUARD_WORDS = {
  drawdown: t('Stops in a large drawdown'),
  pace: t('Trades in an hour are limited'),
  baseline: t('Baselines are not sold'),
  'least-held': t('The least holding is kept'),
  collateral: t('Locked bitcoin is not sold'),
} as const;

/** What the rule keeps to, each limit by itself. */
export function limitWords({
  mostPositionPct,
  mostDailyLossPct,
  pauseMs,
  guards,
}: TradingRule['limits']): string[] {
  return [
    ...(mostPositionPct === null ? [] : [t('At most {pct} in one asset', { pct: share(mostPositionPct) })]),
    ...(mostDailyLossPct === null
      ? []
      : [t('Stops at a loss of {pct} in a day', { pct: share(mostDailyLossPct) })]),
    ...(pauseMs === null ? [] : [t('Waits {time} between trades', { time: formatAge(pauseMs) })]),
    ...guards.map(({ kind, name }) => (kind === 'other' ? humanise(name) : GUARD_WORDS[kind])),
  ];
}

function priceChangeWords(condition: Extract<RuleCondition, { kind: 'price-change' }>): string {
  const { asset, over, under, withinMs } = condition;
  const time = withinMs === null ? 'none' : formatAge(withinMs);
  if (under === null && over !== null && compare(over, '0') >= 0)
    return t('{asset} rises by more than {pct}{time, select, none {} other { in {time}}}', {
      asset,
      pct: share(over),
      time,
    });
  if (over === null && under !== null && compare(under, '0') <= 0)
    return t('{asset} falls by more than {pct}{time, select, none {} other { in {time}}}', {
      asset,
      pct: share(under.replace('-', '')),
      time,
    });
  return t(
    'the price of {asset} changes{time, select, none {} other { in {time}}} by {band, select, over {more than {over}} under {less than {under}} both {more than {over} and less than {under}} other {anything}}',
    { asset, time, ...bandValues(condition, signedShare) },
  );
}

function bandValues({ over, under }: Band, write: (value: DecimalString) => string) {
  return {
    band:
      over !== null && under !== null ? 'both' : over !== null ? 'over' : under !== null ? 'under' : 'other',
    over: over === null ? '' : write(over),
    under: under === null ? '' : write(under),
  };
}

const indicatorValues = ({ asset, periods }: { asset: string; periods: number | null }) => ({
  asset,
  periods: periods === null ? 'none' : formatNumber(periods, 0),
});

const tradeValues = ({
  asset,
  sharePct,
  order,
  mostSlippagePct,
}: Extract<RuleAction, { kind: 'buy' | 'sell' }>) => ({
  asset,
  share: sharePct === null ? 'none' : share(sharePct),
  order: order ?? 'none',
  slippage: mostSlippagePct === null ? 'none' : share(mostSlippagePct),
});

const share = (pct: DecimalString): string => formatPlainPercent(pct);
const signedShare = (pct: DecimalString): string => formatPlainPercent(pct, true);

const nameWords = (name: string): string => (name === '' ? t('something unnamed') : humanise(name));

/** What is said besides, in brackets: " (Period 14, Above 70)". */
const besidesWords = (facts: readonly Fact[]): string =>
  facts.length === 0
    ? ''
    : ` (${facts.map(({ name, value }) => `${memberName(name)} ${valueWords(value)}`).join(', ')})`;

const valueWords = (value: string): string => {
  const figure = toDecimal(value);
  return figure === null ? value : formatFigure(figure);
};

/** Several things in one sentence: "BTC, ETH and SOL". */
export const formatList = (parts: readonly string[]): string =>
  new Intl.ListFormat(spokenLanguage(), { type: 'conjunction' }).format(parts);
