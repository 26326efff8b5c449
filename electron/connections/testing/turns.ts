/** How many came within one turn of the event loop at most, until there are so many. */
export async function mostInOneTurn(arrived: readonly unknown[], total: number): Promise<number> {
  let most = 0;
  let before = arrived.length;
  while (before < total) {
    await new Promise((resolve) => void setImmediate(resolve));
    most = Math.max(most, arrived.length - before);
    before = arrived.length;
  }
  return most;
}
