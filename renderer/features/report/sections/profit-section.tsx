import type { Profit } from '#shared/domain/derive.ts';
import type { Report } from '#shared/domain/journal/report.ts';
import { compare } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { Money, MoneyChange, Percent } from '../../../ui/figures.tsx';
import { formatDateTime, formatDay, formatMoney } from '../../../ui/format.ts';
import { Stat } from '../../../ui/panel.tsx';
import { None, Rows, Section } from './parts.tsx';

export function ProfitSection({ report: { stretch, profit, days, realisedUsd } }: { report: Report }) {
  return (
    <Section title={t('Profit and loss')}>
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-4">
        <Stat label={t('Profit')}>
          <MoneyChange value={profit.profitUsd} className="text-lg font-semibold" />
        </Stat>
        <Stat label={t('In percent')}>
          <Percent value={profit.profitPct} />
        </Stat>
        <Stat label={t('Deposited, in no profit')}>
          <Money value={profit.depositsUsd} />
        </Stat>
        <Stat label={t('Realised by trades')}>
          <MoneyChange value={realisedUsd} />
        </Stat>
      </dl>
      <SinceNote profit={profit} fromMs={stretch.fromMs} />
      {days.length > 1 && (
        <Rows heads={[t('Day'), t('Profit'), t('In percent'), t('Deposited')]} right={[1, 2, 3]}>
          {days.map((day) => (
            <tr key={day.fromMs}>
              <td>{formatDay(day.fromMs)}</td>
              <td className="text-right">
                <MoneyChange value={day.profit.profitUsd} />
              </td>
              <td className="text-right">
                <Percent value={day.profit.profitPct} />
              </td>
              <td className="text-right">
                {compare(day.profit.depositsUsd, '0') === 0 ? '' : formatMoney(day.profit.depositsUsd)}
              </td>
            </tr>
          ))}
        </Rows>
      )}
    </Section>
  );
}

function SinceNote({ profit, fromMs }: { profit: Profit; fromMs: EpochMs }) {
  if (profit.profitUsd === null)
    return <None>{t('No value was recorded in this time, so that the profit is not known.')}</None>;
  if (!profit.partial || profit.sinceMs === null) return null;
  return (
    <p className="text-xs text-muted">
      {profit.sinceMs > fromMs
        ? t('Nothing was recorded before {dateTime}.', { dateTime: formatDateTime(profit.sinceMs) })
        : t('Of some backends nothing was recorded at the beginning: they count from their first value on.')}
    </p>
  );
}
