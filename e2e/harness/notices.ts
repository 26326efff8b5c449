import type { Page } from '@playwright/test';

/**
 * From here on notices stay, as for a person who has the focus on one: what goes by itself after some seconds is not missed by a test
 * that a busy machine holds up. Answers what lets them go.
 */
export async function holdNotices(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(HOLD);
  return () => page.evaluate('globalThis.letNoticesGo()');
}

/** Runs in the window. */
const HOLD = `{
  const notices = document.querySelector('[data-notices]');
  const hold = () => notices.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
  const newcomers = new MutationObserver(hold);
  newcomers.observe(notices, { childList: true });
  hold();
  globalThis.letNoticesGo = () => {
    newcomers.disconnect();
    notices.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  };
}`;
