/** A value as one JSON text, which passes the bridge of a page in one piece where an object is copied member by member. */
export type Packed<T> = string & { readonly of?: T };

/** For what is plain JSON: nothing undefined, no dates, no numbers that are none. */
export const pack = <T>(value: T): Packed<T> => JSON.stringify(value);

/** The value that was packed, by the main process, whose word the page takes. */
export const unpack = <T>(packed: Packed<T>): T => JSON.parse(packed) as T;
