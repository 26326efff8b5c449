import { FlaskConical } from 'lucide-react';

import { t } from '#shared/words.ts';

import { Badge } from './badge.tsx';

/** Stands where the backend gives samples, or may. */
export const SampleMark = ({ short = false, title }: { short?: boolean; title?: string }) => (
  <span title={title ?? t('The backend gives sample figures here, or may: they are in no total.')}>
    <Badge icon={<FlaskConical size={11} aria-hidden />}>{short ? t('Sample') : t('Sample figures')}</Badge>
  </span>
);
