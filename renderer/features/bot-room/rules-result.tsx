import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';

import type { TradingRule } from '#shared/domain/bots/trading-rule.ts';
import { tradingRules } from '#shared/domain/bots/trading-rule.ts';
import { t } from '#shared/words.ts';

import { Age } from '../../ui/age.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Percent } from '../../ui/figures.tsx';
import { formatDay, formatPercent } from '../../ui/format.ts';
import { EmptyState } from '../../ui/states.tsx';
import type { Offer } from './abilities.ts';
import { DetailResult } from './detail-result.tsx';
import { OfferMenu } from './offer-menu.tsx';
import type { Json, JsonObject } from './result-shape.ts';
import { conditionWords, formatList, limitWords, ruleSentence, triggerWords } from './rule-words.ts';

interface RulesResultProps {
  value: Json;
  /** What can be done with a rule. */
  offersOf: (row: JsonObject) => Offer[];
  onOffer: (offer: Offer) => void;
}

/** Trading rules as sentences. What is no list of rules is shown in full instead. */
export function RulesResult({ value, offersOf, onOffer }: RulesResultProps) {
  const rules = useMemo(() => tradingRules.safeParse(value).data, [value]);
  if (rules === undefined) return <DetailResult value={value} />;
  if (rules.length === 0) {
    return (
      <EmptyState title={t('It has no rules')}>
        {t('Rules that are added there are shown here in words.')}
      </EmptyState>
    );
  }
  return (
    <ul aria-label={t('Rules')} className="flex flex-col gap-3">
      {rules.map((rule) => (
        <Rule
          key={rule.id}
          rule={rule}
          menu={<OfferMenu offers={offersOf({ id: rule.id, enabled: rule.enabled })} onOffer={onOffer} />}
        />
      ))}
    </ul>
  );
}

function Rule({ rule, menu }: { rule: TradingRule; menu: ReactNode }) {
  const unchecked = rule.conditions.filter(({ isChecked }) => !isChecked);
  const limits = limitWords(rule.limits);
  return (
    <li aria-label={rule.name} className="rounded-md border border-line px-3.5 py-3">
      <div className="flex items-start gap-2.5">
        <h3 className="min-w-0 text-sm font-semibold break-words text-ink">{rule.name}</h3>
        <OnOff enabled={rule.enabled} />
        <div className="-mt-1 -mr-1.5 ml-auto">{menu}</div>
      </div>
      <p className="selectable mt-1 text-sm leading-relaxed break-words text-ink">{ruleSentence(rule)}</p>
      {unchecked.length > 0 && (
        <p className="mt-1 flex items-start gap-1.5 text-xs leading-relaxed text-warn">
          <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
          {t('Not looked at by the shipped server, which takes it as met: {what}.', {
            what: formatList(unchecked.map(({ condition }) => conditionWords(condition))),
          })}
        </p>
      )}
      {limits.length > 0 && (
        <ul aria-label={t('Limits')} className="mt-2 flex flex-wrap gap-1.5">
          {limits.map((limit) => (
            <li key={limit}>
              <Badge>{limit}</Badge>
            </li>
          ))}
        </ul>
      )}
      <dl className="mt-2.5 flex flex-wrap gap-x-8 gap-y-1.5 text-xs">
        <Note name={t('Trigger')}>{triggerWords(rule.trigger)}</Note>
        <Note name={t('Last trade')}>
          {rule.lastTradeAtMs === null ? t('None known') : <Age atMs={rule.lastTradeAtMs} as="ago" />}
        </Note>
        <Note name={t('Backtests')}>
          <Backtests backtests={rule.backtests} />
        </Note>
        {rule.createdAtMs !== null && <Note name={t('Added')}>{formatDay(rule.createdAtMs)}</Note>}
      </dl>
      <Source text={rule.source} />
    </li>
  );
}

function OnOff({ enabled }: { enabled: boolean | null }) {
  if (enabled === null) return <Badge tone="warn">{t('Not known')}</Badge>;
  return enabled ? <Badge tone="ok">{t('On')}</Badge> : <Badge>{t('Off')}</Badge>;
}

function Backtests({ backtests }: Pick<TradingRule, 'backtests'>) {
  if (backtests === null) return t('None known');
  const { runs, returnPct, drawdownPct, lastAtMs } = backtests;
  return (
    <span className="flex flex-wrap gap-x-2">
      {returnPct !== null && <Percent value={returnPct} />}
      <span className="text-muted">
        {t('{runs, plural, one {in # run} other {on average of # runs}}', { runs })}
        {drawdownPct !== null && t(', drawdown {pct}', { pct: formatPercent(drawdownPct, false) })}
      </span>
      <Age atMs={lastAtMs} as="ago" />
    </span>
  );
}

function Note({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="label">{name}</dt>
      <dd className="mt-0.5 text-ink">{children}</dd>
    </div>
  );
}

/** The rule as the bot wrote it, for who wants to see that. */
function Source({ text }: { text: string }) {
  return (
    <details className="mt-2">
      <summary className="flex h-6 w-fit cursor-default items-center gap-1 rounded-sm text-xs text-muted">
        <ChevronRight
          size={13}
          aria-hidden
          className="text-faint transition-transform [details[open]>summary>&]:rotate-90"
        />
        {t('As it was written')}
      </summary>
      <pre className="selectable mt-1 max-h-72 overflow-auto rounded-sm bg-raised p-2.5 font-mono text-2xs text-muted">
        {text}
      </pre>
    </details>
  );
}
