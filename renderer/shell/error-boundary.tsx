import type { ReactNode } from 'react';
import { Component } from 'react';

import { t } from '#shared/words.ts';

import { describeError } from '../bridge.ts';
import { ErrorState } from '../ui/states.tsx';

interface ErrorBoundaryProps {
  /** What broke, as a person calls it. */
  name: string;
  /** It stood over the desk, and so does what is said of it: in a corner, where it covers no PANIC. */
  over?: boolean;
  /** It was a strip under the bar, and what is said of it is one too. */
  strip?: boolean;
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
    const trouble = (
      <ErrorState
        title={t('{name} could not be drawn', { name: this.props.name })}
        message={t('{trouble} The rest of the desk goes on.', { trouble: this.state.trouble })}
        onRetry={() => this.setState({ trouble: null })}
        className={this.props.over === true ? '' : this.props.strip === true ? 'shrink-0 py-2' : 'h-full'}
      />
    );
    if (this.props.over !== true) return trouble;
    return (
      <div className="fixed right-4 bottom-4 z-50 max-w-md rounded-lg border border-line-strong bg-overlay shadow-pop">
        {trouble}
      </div>
    );
  }
}
