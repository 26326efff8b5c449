import { t } from '#shared/words.ts';

import { useSliceValues } from '../../stores/desk.ts';
import { CountBadge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PredictionTable } from '../market/prediction-table.tsx';

/** What the models of all backends expect, and how it turned out. Not there while none has said anything. */
export function PredictionsPanel() {
  const predictions = useSliceValues('predictions');
  if (predictions.length === 0) return null;
  return (
    <Panel
      title={
        <>
          {t('Predictions')} <CountBadge count={predictions.length} />
        </>
      }
      className="h-80 shrink-0 overflow-hidden"
      bodyClassName="flex flex-col"
    >
      <PredictionTable predictions={predictions} />
    </Panel>
  );
}
