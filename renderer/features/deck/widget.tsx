import type { FunctionComponent, ReactNode } from 'react';

import type { DeckLayout, DeckWidget } from '#shared/domain/settings/deck.ts';
import { t } from '#shared/words.ts';

import { ErrorBoundary } from '../../shell/error-boundary.tsx';
import { Button } from '../../ui/button.tsx';
import { later } from '../../ui/later.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { editLayout } from './deck-edit.ts';
import { changeWidget, removeWidget } from './layout/arrange.ts';
import type { WidgetKind } from './layout/widget-kinds.ts';
import { isWidgetKind, widgetName } from './layout/widget-kinds.ts';
import { ActivityPanel } from './widgets/activity-panel.tsx';
import { BackendsPanel } from './widgets/backends-panel.tsx';
import { HoldingsPanel } from './widgets/holdings-panel.tsx';
import { NeedsPanel } from './widgets/needs-panel.tsx';
import { PortfolioPanel } from './widgets/portfolio-panel.tsx';
import type { WidgetProps } from './widgets/widget-props.ts';

/** Those of the standard layout come with the deck; others when they are first put on it. */
const components: Record<WidgetKind, FunctionComponent<WidgetProps & { meanwhile: ReactNode }>> = {
  needs: NeedsPanel,
  portfolio: PortfolioPanel,
  backends: BackendsPanel,
  activity: ActivityPanel,
  holdings: HoldingsPanel,
  models: later(() => import('./widgets/models-panel.tsx').then((m) => m.ModelsPanel)).Component,
  spikes: later(() => import('../volume/newest-spikes-panel.tsx').then((m) => m.NewestSpikesPanel)).Component,
  price: later(() => import('./widgets/price-widget.tsx').then((m) => m.PriceWidget)).Component,
  watch: later(() => import('./widgets/watch-panel.tsx').then((m) => m.WatchPanel)).Component,
  allocation: later(() => import('./widgets/allocation-widget.tsx').then((m) => m.AllocationWidget))
    .Component,
  copies: later(() => import('./widgets/copies-panel.tsx').then((m) => m.CopiesPanel)).Component,
  journal: later(() => import('./widgets/journal-panel.tsx').then((m) => m.JournalPanel)).Component,
};

/** One widget. A fault in it stays in it. */
export function Widget({ widget, layout }: { widget: DeckWidget; layout: DeckLayout }) {
  const name = widgetName(widget);
  if (!isWidgetKind(widget.kind)) {
    return (
      <Panel title={name}>
        <EmptyState
          title={t('This version does not know it')}
          className="!py-4"
          action={
            <Button
              size="sm"
              onClick={() => editLayout(layout, removeWidget(layout, widget.id), t('Removed.'))}
            >
              {t('Remove')}
            </Button>
          }
        >
          {t('"{kind}" was put here by another version of Quarterdeck.', { kind: widget.kind })}
        </EmptyState>
      </Panel>
    );
  }
  const Component = components[widget.kind];
  return (
    <ErrorBoundary name={name}>
      <Component
        subject={widget.subject}
        onSubject={(subject) =>
          editLayout(
            layout,
            changeWidget(layout, widget.id, { subject }),
            t('{name}: another subject.', { name }),
          )
        }
        meanwhile={
          <Panel title={name}>
            <SkeletonRows count={4} />
          </Panel>
        }
      />
    </ErrorBoundary>
  );
}
