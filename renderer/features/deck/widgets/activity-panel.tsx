import { t } from '#shared/words.ts';

import { openPlace } from '../../../stores/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { VirtualList } from '../../../ui/virtual-list.tsx';
import { ShortFeedRow } from '../../activity/feed-row.tsx';
import { useFeed } from '../../activity/use-feed.ts';

const SHOWN = 60;
const everything = (): boolean => true;

/** What happened last over all backends, in one line of time. */
export function ActivityPanel() {
  const items = useFeed(SHOWN, everything);
  return (
    <Panel
      title={t('Latest')}
      actions={
        <Button size="sm" variant="ghost" onClick={() => openPlace('journal', 'live')}>
          {t('See all')}
        </Button>
      }
      bodyClassName="flex flex-col"
    >
      <VirtualList
        label={t('Latest activity')}
        items={items}
        itemKey={(item) => item.key}
        estimateHeight={46}
        className="flex-1 basis-0"
        renderItem={(item) => <ShortFeedRow item={item} />}
        empty={
          <EmptyState title={t('Nothing happened yet')} className="h-full !py-6">
            {t('Alerts, trades, decisions and runs show here as they come.')}
          </EmptyState>
        }
      />
    </Panel>
  );
}
