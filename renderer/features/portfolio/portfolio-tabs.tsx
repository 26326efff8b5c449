import { useState } from 'react';

import { t } from '#shared/words.ts';

import { Tabs } from '../../ui/tabs.tsx';
import { BackendsTable } from './backends-table.tsx';
import { HoldingsTable } from './holdings-table.tsx';
import type { Scope } from './scope.ts';
import { ReportsTab } from './reports-tab.tsx';
import { TradesTable } from './trades-table.tsx';

const PANEL = 'flex flex-col';

/** The same money looked at in four ways. */
export function PortfolioTabs({ scope }: { scope: Scope }) {
  const [tab, setTab] = useState('holdings');
  return (
    <Tabs
      label={t('Portfolio')}
      value={tab}
      onChange={setTab}
      className="min-h-80 flex-1 overflow-hidden rounded-lg border border-line bg-surface"
      contentClassName="flex flex-col"
      items={[
        {
          id: 'holdings',
          label: t('Holdings'),
          content: (
            <div className={`${PANEL} min-h-0 flex-1`}>
              <HoldingsTable scope={scope} />
            </div>
          ),
        },
        { id: 'backends', label: t('Backends'), content: <BackendsTable scope={scope} /> },
        { id: 'trades', label: t('Trades'), content: <TradesTable scope={scope} asset={null} /> },
        { id: 'reports', label: t('Executions and profits'), content: <ReportsTab scope={scope} /> },
      ]}
    />
  );
}
