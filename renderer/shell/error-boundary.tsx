import type { ReactNode } from 'react';
import { Component } from 'react';

import { t } from '#shared/words.ts';

import { describeError } from '../bridge.ts';
import { ErrorState } from '../ui/states.tsx';

interface ErrorBoundaryProps {
  /** What broke, as a person calls it. */
  name: string;
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
    return (
      <ErrorState
        title={t('{name} could not be drawn', { name: this.props.name })}
        message={t('{trouble} The rest of the desk goes on.', { trouble: this.state.trouble })}
        onRetry={() => this.setState({ trouble: null })}
        className="h-full"
      />
    );
  }
}
