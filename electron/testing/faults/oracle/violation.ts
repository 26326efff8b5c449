/** A promise that was not kept, with what shows it. */
export interface Violation {
  /** The promise in `safety`'s words, such as `A5` or `D6`. */
  promise: string;
  words: string;
}
