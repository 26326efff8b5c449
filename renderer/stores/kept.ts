/** Conveniences that a window keeps in its own storage: what somebody else wrote there, or a storage that refuses, costs nothing else. */

/** What was kept under a name; `null` where nothing that can be read is. The caller checks its shape. */
export function readKept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // It is a convenience.
  }
}
