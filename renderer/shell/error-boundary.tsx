import type { ReactNode } from 'react';
import { Component } from 'react';

import { t } from '#shared/words.ts';

import { describeError } from '../bridge.ts';
import { ErrorState } from '../ui/states.tsx';

const CLASSES = { place: 'h-full', over: '', strip: 'shrink-0 py-2' };

interface ErrorBoundaryProps {
  /** What broke, as a person calls it. */
  name: string;
  /** What it is, and so what is said of it: a place, something over the desk (a corner, which covers no PANIC), or a strip. */
  as?: 'place' | 'over' | 'strip';
  children: ReactNode;
}

/** Keeps a fault in one place away from the rest of the window: bar, panic and approvals stay usable. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { trouble: string | null }> {
  override state: { trouble: string | null } = { trouble: null };

  static getDerivedStateFromError(error: unknown): { trouble: string } {
    return { trouble: describeError(error) };
  }

  override render(): ReactNode {
    if (this.state.trouble === null) return this.props.children;
    const { name, as = 'place' } = this.props;
    const trouble = (
      <ErrorState
        title={t('{name} could not be drawn', { name })}
        message={t('{trouble} The rest of the desk goes on.', { trouble: this.state.trouble })}
        onRetry={() => this.setState({ trouble: null })}
        className={CLASSES[as]}
      />
    );
    if (as !== 'over') return trouble;
    return (
      <div className="fixed right-4 bottom-4 z-50 max-w-md rounded-lg border border-line-strong bg-overlay shadow-pop">
        {trouble}
      </div>
    );
  }
}
