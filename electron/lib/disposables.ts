/** Ends what was started. Calling it twice is harmless. */
export type Disposer = () => void;

/** Collects disposers and runs them once, last first. One that throws does not keep the others from running. */
export class Disposables {
  #disposers: Disposer[] = [];
  #disposed = false;

  /** Takes a disposer over; runs it at once when this was disposed already. */
  add(disposer: Disposer): void {
    if (this.#disposed) disposer();
    else this.#disposers.push(disposer);
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const failures: unknown[] = [];
    for (const disposer of this.#disposers.reverse()) {
      try {
        disposer();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#disposers = [];
    if (failures.length > 0) throw new AggregateError(failures, 'disposing failed');
  }
}
