/** Drops the oldest entries of a list that is kept only so long. */
export function bound(list: unknown[], kept: number): void {
  if (list.length > kept) list.splice(0, list.length - kept);
}
