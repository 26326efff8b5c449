import { Download, FileJson2, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';

import type { Activity } from '#shared/domain/bots/activity.ts';
import type { Model } from '#shared/domain/bots/model.ts';
import { fileStamp } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { useEntry } from '../../stores/desk.ts';
import { toast } from '../../stores/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { saveTextFile, toFileName } from '../../ui/save-file.ts';
import { collectEvents, eventsToCsv, eventsToJson, includedWords } from './export-events.ts';

const PAGE_SIZE = 500;

/** Saves everything known of what a model said: what is held here, and what the journal wrote down. */
export function ExportMenu({ model, events }: { model: Model; events: readonly Activity[] }) {
  const backend = useEntry('backends', model.backendId)?.name ?? model.backendId;
  const [looked, setLooked] = useState<number | null>(null);

  async function save(form: 'json' | 'csv'): Promise<void> {
    setLooked(0);
    try {
      const readPage = (beforeSeq: number | null) =>
        request('journal.search', {
          kinds: ['activity'],
          backendId: model.backendId,
          beforeSeq,
          limit: PAGE_SIZE,
        });
      const found = await collectEvents(
        { backendId: model.backendId, subject: model.id, held: events },
        { readPage, pageSize: PAGE_SIZE },
        setLooked,
      );
      const name = `${toFileName(model.name, 'model')}-events-${fileStamp(nowMs())}.${form}`;
      if (form === 'csv') saveTextFile(name, 'text/csv', eventsToCsv(found));
      else {
        const head = { backend, model: model.name, atMs: nowMs() };
        saveTextFile(name, 'application/json', eventsToJson(found, head));
      }
      toast(t('Events of {name}', { name: model.name }), { description: includedWords(found) });
    } catch (error) {
      toast.error(t('The events could not be put together'), { description: describeError(error) });
    } finally {
      setLooked(null);
    }
  }

  return (
    <Menu
      label={t('Export events')}
      items={[
        {
          id: 'json',
          label: 'JSON',
          icon: <FileJson2 size={13} aria-hidden />,
          onSelect: () => void save('json'),
        },
        {
          id: 'csv',
          label: 'CSV',
          icon: <FileSpreadsheet size={13} aria-hidden />,
          onSelect: () => void save('csv'),
        },
      ]}
    >
      <Button
        size="sm"
        busy={looked !== null}
        icon={<Download size={13} aria-hidden />}
        title={t('Saves what is held here and what the journal wrote down')}
      >
        {looked === null || looked === 0 ? t('Export') : t('{count} read', { count: formatCount(looked) })}
      </Button>
    </Menu>
  );
}
