/** A time as an input of day and time has it, to the second, in the machine's zone. */
export function localText(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

/** What such an input says; `null` for what is no time. */
export function parseLocal(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/.test(text)) return null;
  // Without a zone the text is read in the machine's own, which is what the person means.
  const ms = new Date(text).getTime();
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}
