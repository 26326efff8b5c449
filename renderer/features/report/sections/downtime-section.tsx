import type { Report } from '#shared/domain/journal/report.ts';
import { formatAge } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { formatCount, formatDateTime } from '../../../ui/format.ts';
import { BackendName, None, Rows, Section } from './parts.tsx';

export function DowntimeSection({ report: { off, linksDown } }: { report: Report }) {
  return (
    <Section title={t('Downtime')}>
      {off.length === 0 ? (
        <None>{t('The desk ran all of this time, as far as its journal goes back.')}</None>
      ) : (
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {off.map(({ fromMs, toMs, sure }) => (
            <li key={fromMs}>
              {t('The desk was off from {what}{dateTime} to {dateTime2} ({age}).{what2}', {
                what: sure ? '' : `${t('some time after')} `,
                dateTime: formatDateTime(fromMs),
                dateTime2: formatDateTime(toMs),
                age: formatAge(toMs - fromMs),
                what2: sure ? '' : ` ${t('It was not quit: it crashed, or the computer went down.')}`,
              })}
            </li>
          ))}
        </ul>
      )}
      {linksDown.length === 0 ? (
        <None>{t('No connection was without data while the desk ran.')}</None>
      ) : (
        <Rows
          heads={[t('Backend'), t('Connection'), t('Without data'), t('Times'), t('Longest')]}
          right={[2, 3, 4]}
        >
          {linksDown.map((link) => (
            <tr key={`${link.backendId}/${link.label}`}>
              <td>
                <BackendName id={link.backendId} />
              </td>
              <td>{link.label}</td>
              <td className="text-right">{formatAge(link.downMs)}</td>
              <td className="text-right">{formatCount(link.times)}</td>
              <td className="text-right">{formatAge(link.longestMs)}</td>
            </tr>
          ))}
        </Rows>
      )}
    </Section>
  );
}
