import { severity } from '#shared/domain/alert.ts';

/** What a filter by severity offers: each stands for itself and all that is graver. */
export const SEVERITY_CHOICES = [
  { value: '' as const, label: 'Any severity' },
  ...severity.options.map((value) => ({
    value,
    label: value === 'critical' ? 'Critical' : `${value[0]?.toUpperCase() ?? ''}${value.slice(1)} and above`,
  })),
];
