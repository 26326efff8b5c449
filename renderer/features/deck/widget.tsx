import type { ComponentType } from 'react';
import { lazy, Suspense } from 'react';

import type { DeckLayout, DeckWidget } from '#shared/domain/deck.ts';

import { ErrorBoundary } from '../../shell/error-boundary.tsx';
import { Button } from '../../ui/button.tsx';
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

export interface WidgetProps {
  /** What it is about, where it is about one thing. */
  subject: string | null;
  onSubject: (subject: string) => void;
}

/** Those of the standard layout come with the deck; others when they are first put on it. */
const components: Record<WidgetKind, ComponentType<WidgetProps>> = {
  needs: NeedsPanel,
  portfolio: PortfolioPanel,
  backends: BackendsPanel,
  activity: ActivityPanel,
  holdings: HoldingsPanel,
  models: lazy(() => import('./widgets/models-panel.tsx').then((m) => ({ default: m.ModelsPanel }))),
  spikes: lazy(() =>
    import('../volume/newest-spikes-panel.tsx').then((m) => ({ default: m.NewestSpikesPanel })),
  ),
  price: lazy(() => import('./widgets/price-widget.tsx').then((m) => ({ default: m.PriceWidget }))),
  watch: lazy(() => import('./widgets/watch-panel.tsx').then((m) => ({ default: m.WatchPanel }))),
  allocation: lazy(() =>
    import('./widgets/allocation-widget.tsx').then((m) => ({ default: m.AllocationWidget })),
  ),
  copies: lazy(() => import('./widgets/copies-panel.tsx').then((m) => ({ default: m.CopiesPanel }))),
  journal: lazy(() => import('./widgets/journal-panel.tsx').then((m) => ({ default: m.JournalPanel }))),
};

/** One widget. A fault in it stays in it. */
export function Widget({ widget, layout }: { widget: DeckWidget; layout: DeckLayout }) {
  const name = widgetName(widget);
  if (!isWidgetKind(widget.kind)) {
    return (
      <Panel title={name}>
        <EmptyState
          title="This version does not know it"
          className="!py-4"
          action={
            <Button size="sm" onClick={() => editLayout(layout, removeWidget(layout, widget.id), 'Removed.')}>
              Remove
            </Button>
          }
        >
          {`"${widget.kind}" was put here by another version of Quarterdeck.`}
        </EmptyState>
      </Panel>
    );
  }
  const Component = components[widget.kind];
  return (
    <ErrorBoundary name={name}>
      <Suspense
        fallback={
          <Panel title={name}>
            <SkeletonRows count={4} />
          </Panel>
        }
      >
        <Component
          subject={widget.subject}
          onSubject={(subject) =>
            editLayout(layout, changeWidget(layout, widget.id, { subject }), `${name}: another subject.`)
          }
        />
      </Suspense>
    </ErrorBoundary>
  );
}
