import type { Report } from '#shared/domain/journal/report.ts';
import { t } from '#shared/words.ts';

import { formatCount, formatMoment } from '../../../ui/format.ts';
import { BackendName, More, MOST_ROWS, None, Rows, Section } from './parts.tsx';

export function DecisionsSection({ report: { decisions, proposals } }: { report: Report }) {
  return (
    <Section title={t('Decisions')} count={decisions.length}>
      <p className="text-muted">
        {t('{count} {proposals, plural, one {proposal was} other {proposals were}} told of in this time.', {
          count: formatCount(proposals),
          proposals,
        })}
      </p>
      {decisions.length === 0 ? (
        <None>{t('Nothing was decided.')}</None>
      ) : (
        <Rows heads={[t('When'), t('What'), t('Backend')]} right={[]}>
          {decisions.slice(0, MOST_ROWS).map((decision, index) => (
            <tr key={index}>
              <td>{formatMoment(decision.atMs, true)}</td>
              <td className="selectable break-words">{decision.summary}</td>
              <td>{decision.backendId !== null && <BackendName id={decision.backendId} />}</td>
            </tr>
          ))}
        </Rows>
      )}
      <More of={decisions.length} what={t('decisions')} />
    </Section>
  );
}
