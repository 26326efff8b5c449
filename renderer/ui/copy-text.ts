/**
 * Copies by answering the page's own copy event. The newer clipboard API needs a permission, and the window has none (S2).
 * Call it from a click or a key: nothing else may copy. Answers whether it was copied.
 */
export function copyText(text: string): boolean {
  let taken = false;
  const answer = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    taken = true;
  };
  // The type leaves out that browsers discourage this; there is no successor that works without the permission.
  const page: { execCommand(command: 'copy'): boolean } = document;
  document.addEventListener('copy', answer);
  const done = page.execCommand('copy');
  document.removeEventListener('copy', answer);
  return done && taken;
}
