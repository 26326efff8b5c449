import { PieChart } from 'lucide-react';
import { useState } from 'react';

import { t } from '#shared/words.ts';

import { selectItem, useUi } from '../../stores/ui.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { PlaceHeader } from '../../ui/panel.tsx';
import { NoBackend } from '../../ui/no-backend.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { ReportPage } from '../report/report-page.tsx';
import { AllocationPanel } from './allocation-panel.tsx';
import { AssetPage } from './asset-page.tsx';
import { EquityPanel } from './equity-panel.tsx';
import { PortfolioTabs } from './portfolio-tabs.tsx';
import type { Scope } from './scope.ts';
import { useScopes } from './scope.ts';

const PAGES = [
  { value: 'overview', label: t('Overview') },
  { value: 'report', label: t('Report') },
] as const;
type Page = (typeof PAGES)[number]['value'];

/** What is held, over all bots. Real and practice money stand on screens of their own. The item is an asset. */
export function PortfolioPlace() {
  const scopes = useScopes();
  const asset = useUi((state) => state.itemId);
  const [page, setPage] = useState<Page>('overview');
  const [chosen, setChosen] = useState<Scope | null>(null);
  const fallback: Scope = scopes.real.length > 0 ? 'real' : 'practice';
  const scope = chosen !== null && scopes[chosen].length > 0 ? chosen : fallback;
  const both = scopes.real.length > 0 && scopes.practice.length > 0;

  if (scopes.real.length + scopes.practice.length === 0) return <NothingConnected />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader
        title={asset ?? t('Portfolio')}
        note={
          <>
            {asset !== null && (
              <Button size="sm" variant="ghost" onClick={() => selectItem(null)}>
                {t('All assets')}
              </Button>
            )}
            {scope === 'practice' && (
              <>
                <PracticeMark large /> {t('No real money.')}
              </>
            )}
          </>
        }
        actions={
          <>
            {asset === null && (
              <Segmented label={t('Page')} value={page} onChange={setPage} options={PAGES} />
            )}
            {both && (
              <Segmented
                label={t('Whose money')}
                value={scope}
                onChange={setChosen}
                options={[
                  { value: 'real', label: t('Real') },
                  { value: 'practice', label: t('Practice') },
                ]}
              />
            )}
          </>
        }
      />
      {asset === null && page === 'report' ? (
        <ReportPage key={scope} practice={scope === 'practice'} />
      ) : asset === null ? (
        <Overview key={scope} scope={scope} />
      ) : (
        <AssetPage key={`${scope}/${asset}`} asset={asset} scope={scope} />
      )}
    </div>
  );
}

function Overview({ scope }: { scope: Scope }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 pb-5">
      <div className="flex shrink-0 gap-3 max-[1100px]:flex-col">
        <EquityPanel scope={scope} />
        <AllocationPanel scope={scope} />
      </div>
      <PortfolioTabs scope={scope} />
    </div>
  );
}

function NothingConnected() {
  return (
    <div className="flex h-full flex-col">
      <PlaceHeader title={t('Portfolio')} />
      <NoBackend className="flex-1" icon={<PieChart size={28} aria-hidden />}>
        {t(
          'What your bots hold shows here. To look around without one, switch the practice desk on in the settings.',
        )}
      </NoBackend>
    </div>
  );
}
