import { ChevronRight } from 'lucide-react';

import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { formatAge, MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../../stores/clock.ts';
import { Age } from '../../../ui/age.tsx';
import { cx } from '../../../ui/cx.ts';
import { formatCount, formatTime } from '../../../ui/format.ts';
import { LightDot, lightOf } from '../../../ui/link-light.tsx';
import { Stat } from '../../../ui/panel.tsx';
import { clockWords, formatDelay } from './link-words.ts';

/** One link: its state in words, the age of its data, what it has been through, and its budget of requests. */
export function LinkView({ link }: { link: LinkStatus }) {
  const now = useNow(SECOND_MS);
  const light = lightOf(link, now);
  const clock = link.latency === null ? null : clockWords(link.latency.clockBehindMs);
  const retryAtMs = link.budget?.retryAtMs ?? 0;
  return (
    <div className="border-b border-line px-4 py-3 last:border-0">
      <p className="flex items-start gap-2 text-sm">
        <span className="flex h-5 items-center">
          <LightDot tone={light.tone} />
        </span>
        <span className="font-medium whitespace-nowrap text-ink">{link.label}</span>
        <span className="selectable min-w-0 break-words text-muted">{light.words}</span>
      </p>
      <dl className="mt-2.5 grid grid-cols-4 gap-3">
        <Stat label={t('Age of data')}>
          <Age atMs={link.dataAtMs} staleAfterMs={link.staleAfterMs} className="text-ink" />
        </Stat>
        <Stat label={t('Last sign of life')}>
          <Age atMs={link.receivedAtMs} className="text-ink" />
        </Stat>
        <Stat label={t('Received')}>{formatCount(link.received)}</Stat>
        <Stat label={t('In the last minute')}>
          <PerMinute link={link} now={now} />
        </Stat>
        <Stat label={t('Delay')}>
          {link.latency === null ? <NotTold /> : formatDelay(link.latency.medianMs)}
        </Stat>
        <Stat label={t('Re-connections')}>{formatCount(link.reconnections)}</Stat>
        <Stat label={t('Not understood')}>
          <span className={cx(link.rejected > 0 && 'text-warn')}>{formatCount(link.rejected)}</span>
        </Stat>
        {link.budget !== null && (
          <Stat label={t('Requests in {age}', { age: formatAge(link.budget.windowMs) })}>
            <Budget used={link.budget.used} limit={link.budget.limit} />
          </Stat>
        )}
      </dl>
      {clock !== null && <p className="mt-2 text-xs text-muted">{clock}</p>}
      {retryAtMs > now && (
        <p className="mt-2 text-xs text-warn">
          {t('The backend refuses more requests for {retryAtMs} s.', {
            retryAtMs: Math.ceil((retryAtMs - now) / SECOND_MS),
          })}
        </p>
      )}
      {link.rejectedSamples.length > 0 && (
        <details className="group mt-2.5">
          <summary className="flex w-fit cursor-default items-center gap-1 rounded-sm text-xs text-muted hover:text-ink">
            <ChevronRight size={13} aria-hidden className="transition-transform group-open:rotate-90" />
            {t('What was not understood')}
          </summary>
          <ul className="mt-1.5 flex flex-col gap-1.5">
            {link.rejectedSamples.map((sample, index) => (
              <li key={index} className="rounded-md border border-line bg-canvas px-2.5 py-1.5">
                <p className="text-xs text-ink">
                  {sample.reason} <span className="figures text-faint">{formatTime(sample.atMs, now)}</span>
                </p>
                <pre className="selectable mt-1 max-h-24 overflow-auto font-mono text-2xs whitespace-pre-wrap text-muted">
                  {sample.raw}
                </pre>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** The count is as of the last message: a minute later there was none in the last minute. */
function PerMinute({ link, now }: { link: LinkStatus; now: number }) {
  const silent = link.receivedAtMs === null || now - link.receivedAtMs >= MINUTE_MS;
  return <>{formatCount(silent ? 0 : link.perMinute)}</>;
}

const NotTold = () => (
  <span className="text-faint" title={t('Its messages carry no time, or too few came')}>
    –<span className="sr-only">{t('not known')}</span>
  </span>
);

function Budget({ used, limit }: { used: number; limit: number }) {
  const share = limit === 0 ? 1 : Math.min(1, used / limit);
  return (
    <span className="flex items-center gap-2">
      {t('{used} of {limit}', { used, limit })}
      <span aria-hidden className="h-1 w-8 overflow-hidden rounded-full bg-line">
        <span
          className={cx('block h-full', share > 0.8 ? 'bg-warn' : 'bg-accent')}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </span>
  );
}
