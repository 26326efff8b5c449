import { z } from 'zod';

import { request } from './request.ts';

export const reportRequests = {
  /** Asks where to and saves there what the window shows for paper; `null` when the person does not want it after all. */
  'report.save-pdf': request<{ path: string } | null>()(z.object({ title: z.string().min(1).max(200) })),
} as const;
