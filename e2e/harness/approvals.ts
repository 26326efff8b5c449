import type { Page } from '@playwright/test';

/** Goes to the queue by the places. */
export const openApprovals = (page: Page): Promise<void> =>
  page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: /^Approvals/ })
    .click();
