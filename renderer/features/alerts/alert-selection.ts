import { create } from 'zustand';

/** Which groups of alerts are ticked, by group key. Apart from the table, so that a tick draws one row. */
export const useAlertSelection = create<{ readonly keys: ReadonlySet<string> }>(() => ({
  keys: new Set<string>(),
}));

export function tick(groupKey: string, ticked: boolean): void {
  useAlertSelection.setState(({ keys }) => {
    const next = new Set(keys);
    if (ticked) next.add(groupKey);
    else next.delete(groupKey);
    return { keys: next };
  });
}
