/** Around the whole window, over dialogs too: whatever shows, this is the past. */
export const PastFrame = () => (
  <div aria-hidden className="pointer-events-none fixed inset-0 z-60 border-6 border-past-fill" />
);
