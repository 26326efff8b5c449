/** So many turns of the event loop: what waits for nothing else has happened by then. */
export async function turnsOfTheLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Turn after turn until it is so. */
export async function eventually(is: () => boolean): Promise<void> {
  while (!is()) await turnsOfTheLoop(1);
}
