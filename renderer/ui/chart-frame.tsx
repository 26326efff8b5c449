import { ImageDown, Table2 } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useState } from 'react';

import { t } from '#shared/words.ts';

import { toast } from '../stores/toasts.ts';
import { Button } from './button.tsx';
import type { ChartData, LegendItem } from './chart-data.ts';
import { nextCursor, rowInWords } from './chart-data.ts';
import { ChartLegend } from './chart-legend.tsx';
import { saveChartPicture } from './chart-picture.ts';
import { ChartTable } from './chart-table.tsx';
import { cx } from './cx.ts';

interface ChartFrameProps {
  /** A short name, on the picture and the table. */
  title: string;
  /** The stretch that is shown, in words, or `null` where there is none. */
  range: string | null;
  legend: readonly LegendItem[];
  data: ChartData;
  /** It shows practice money, which a picture that leaves the desk has to say. */
  practice: boolean;
  /** What is drawn now, at the resolution of the screen. */
  draw: () => HTMLCanvasElement | Promise<HTMLCanvasElement>;
  /** The row under the pointer. */
  pointed?: number | null;
  /** The cursor was moved by key, or taken away. `null` where what is drawn has keys of its own. */
  onCursor: ((index: number | null) => void) | null;
  /** Its class gives the frame its height. */
  className?: string;
  /** Gives the table its height where the frame has none of its own. */
  tableClassName?: string;
  children: ReactNode;
}

/**
 * What every chart has around it: the names of its lines, the value under pointer or cursor, the same data as a table, and a
 * picture of what is drawn. Arrow keys, Home, End and page keys walk along the data; each value is announced politely.
 */
export function ChartFrame({
  title,
  range,
  legend,
  data,
  practice,
  draw,
  pointed = null,
  onCursor,
  className,
  tableClassName = 'min-h-0 flex-1',
  children,
}: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const [cursor, setCursor] = useState<number | null>(null);
  /** What was read out of the cursor's row when it came there: a value that ticks under it is not read out again. */
  const [said, setSaid] = useState('');
  const helpId = useId();
  const at = pointed ?? cursor;
  const isKnown = at !== null && at < data.count;

  function move(index: number | null): void {
    setCursor(index);
    setSaid(index === null ? '' : rowInWords(data, index));
    onCursor?.(index);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextCursor(event.key, cursor, data.count);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(next);
  }

  return (
    <figure aria-label={title} className={cx('flex min-h-0 min-w-0 flex-col', className)}>
      <figcaption className="flex min-h-7 shrink-0 items-center gap-3 px-3">
        {isKnown ? (
          <span aria-hidden className="figures min-w-0 flex-1 truncate text-2xs text-ink">
            {data.inBrief?.(at) ?? rowInWords(data, at)}
          </span>
        ) : (
          <ChartLegend items={legend} />
        )}
        <span className="ml-auto flex shrink-0 items-center">
          <Button
            size="sm"
            variant="ghost"
            aria-pressed={asTable}
            aria-label={t('{title} as a table', { title })}
            className={cx('!h-6 !px-1.5 !text-2xs', asTable && 'bg-soft text-ink')}
            icon={<Table2 size={12} aria-hidden />}
            onClick={() => {
              move(null);
              setAsTable(!asTable);
            }}
          >
            {t('Table')}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={t('Save {title} as a PNG picture', { title })}
            className="!h-6 !px-1.5 !text-2xs"
            icon={<ImageDown size={12} aria-hidden />}
            disabled={asTable}
            onClick={() => void save()}
          >
            PNG
          </Button>
        </span>
      </figcaption>
      {asTable && <ChartTable title={title} data={data} className={tableClassName} />}
      {/* It stays in the page while the table shows, so that the person's zoom is there when they come back. */}
      <div
        {...(onCursor === null
          ? {}
          : {
              role: 'application',
              'aria-roledescription': t('chart'),
              'aria-label': title,
              'aria-describedby': helpId,
              tabIndex: 0,
              onKeyDown,
              onBlur: () => move(null),
            })}
        hidden={asTable}
        className={cx(
          'relative min-h-0 min-w-0 flex-1 rounded-sm focus-visible:-outline-offset-2',
          asTable ? 'hidden' : 'flex',
        )}
      >
        {children}
      </div>
      <span id={helpId} hidden>
        {t('Arrow keys walk along the data, Home and End go to its ends.')}
      </span>
      <output aria-live="polite" className="sr-only">
        {said}
      </output>
    </figure>
  );

  async function save(): Promise<void> {
    try {
      await saveChartPicture({ title, range, legend, practice, drawn: await draw() });
    } catch (error) {
      toast.error(t('The picture could not be made'), {
        description: error instanceof Error ? error.message : t('The chart gave nothing to draw.'),
      });
    }
  }
}
