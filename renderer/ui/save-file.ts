/** Offers a text as a file to save. */
export const saveTextFile = (name: string, type: string, text: string): void =>
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));

/** Offers a file to save. The window writes nothing itself: the person chooses where it goes. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken hold of the blob by the time that the click's own work is done.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name that every file system takes; `fallback` where nothing of it can stay. */
export const toFileName = (text: string, fallback = 'quarterdeck'): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60) || fallback;
