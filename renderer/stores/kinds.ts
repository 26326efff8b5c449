import { create } from 'zustand';

import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';

import { describeError, request } from '../bridge.ts';
import { useEntry } from './desk.ts';

interface KindsState {
  readonly kinds: ReadonlyMap<string, BackendKindDescriptor> | null;
  readonly trouble: string | null;
}

export const useKindsStore = create<KindsState>(() => ({ kinds: null, trouble: null }));

/** Reads what each kind of backend can do. It does not change while the app runs. */
export async function loadKinds(): Promise<void> {
  try {
    const kinds = await request('backends.kinds', {});
    useKindsStore.setState({ kinds: new Map(kinds.map((kind) => [kind.kind, kind])), trouble: null });
  } catch (error) {
    useKindsStore.setState({ trouble: describeError(error) });
  }
}

/** Descriptors by kind; `null` until they are read. */
export const useKinds = (): ReadonlyMap<string, BackendKindDescriptor> | null =>
  useKindsStore((state) => state.kinds);

export const useKind = (kind: string | undefined): BackendKindDescriptor | undefined =>
  useKindsStore((state) => (kind === undefined ? undefined : state.kinds?.get(kind)));

/** A backend and what its kind can do. */
export function useBackend(backendId: string | null): {
  config: BackendConfig | undefined;
  kind: BackendKindDescriptor | undefined;
} {
  const config = useEntry('backends', backendId);
  return { config, kind: useKind(config?.kind) };
}
