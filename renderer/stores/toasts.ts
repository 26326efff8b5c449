import { create } from 'zustand';

export type ToastKind = 'info' | 'success' | 'warning' | 'error';

/** Something that is told at the edge of the window, until it is closed or its time is over. */
export interface Toast {
  /** What is told under the id of an earlier one takes its place. */
  readonly id: string;
  readonly kind: ToastKind;
  readonly title: string;
  readonly description: string;
  /** How long it stays, in milliseconds; infinite for what waits for the person. Where nothing is given, its kind decides. */
  readonly duration?: number;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** The person closed it. */
  readonly onDismiss?: () => void;
  /** Its time was over. */
  readonly onAutoClose?: () => void;
}

type ToastOptions = Partial<Omit<Toast, 'kind' | 'title'>>;

/** All that is told, in the order in which it came. */
export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Tells something that is good to know. */
export const toast = Object.assign(telling('info'), {
  success: telling('success'),
  warning: telling('warning'),
  error: telling('error'),
  /** Takes it away, wherever it came from; neither the person nor the time closed it then. */
  dismiss: (id: string): void =>
    useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) })),
});

function telling(kind: ToastKind): (title: string, options?: ToastOptions) => void {
  return (title, { id = crypto.randomUUID(), description = '', ...rest } = {}) => {
    const told: Toast = { ...rest, id, kind, title, description };
    useToasts.setState(({ toasts }) => ({
      toasts: toasts.some((one) => one.id === id)
        ? toasts.map((one) => (one.id === id ? told : one))
        : [...toasts, told],
    }));
  };
}
