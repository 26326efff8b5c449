import type { ChartTone } from './chart-look.ts';

/** The tone of a line of values: grey where the newest are old (D4), and practice never as real ones. */
export const lineTone = ({ practice, stale }: { practice: boolean; stale: boolean }): ChartTone =>
  stale ? 'muted' : practice ? 'practice' : 'accent';
