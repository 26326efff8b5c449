/** The one scale that the words of all backends are mapped to, the mildest first. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
