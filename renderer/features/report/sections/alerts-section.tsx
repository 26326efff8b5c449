import type { Report } from '#shared/domain/journal/report.ts';
import { t } from '#shared/words.ts';

import { SeverityBadge } from '../../../ui/badge.tsx';
import { formatCount, formatMoment } from '../../../ui/format.ts';
import { BackendName, More, MOST_ROWS, Rows, Section } from './parts.tsx';

export function AlertsSection({ report: { alertCounts, graveAlerts, unacknowledged } }: { report: Report }) {
  return (
    <Section
      title={t('Alerts')}
      count={alertCounts.low + alertCounts.medium + alertCounts.high + alertCounts.critical}
    >
      <p className="text-muted">
        {t('{count} critical, {count2} high, {count3} medium, {count4} low; {count5} not acknowledged.', {
          count: formatCount(alertCounts.critical),
          count2: formatCount(alertCounts.high),
          count3: formatCount(alertCounts.medium),
          count4: formatCount(alertCounts.low),
          count5: formatCount(unacknowledged),
        })}
      </p>
      {graveAlerts.length > 0 && (
        <Rows heads={[t('When'), t('Severity'), t('What'), t('Backend')]} right={[]}>
          {graveAlerts.slice(0, MOST_ROWS).map((alert) => (
            <tr key={`${alert.backendId}/${alert.id}`}>
              <td>{formatMoment(alert.occurredAtMs ?? alert.receivedAtMs, true)}</td>
              <td>
                <SeverityBadge severity={alert.severity} />
              </td>
              <td className="selectable break-words">{alert.message}</td>
              <td>
                <BackendName id={alert.backendId} />
              </td>
            </tr>
          ))}
        </Rows>
      )}
      <More of={graveAlerts.length} what={t('critical and high alerts')} />
    </Section>
  );
}
