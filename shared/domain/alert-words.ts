/** A backend's name of a kind of alert as words: "ltv_warning" → "LTV warning". */
export const alertKindWords = (kind: string): string =>
  kind.replaceAll('_', ' ').replaceAll(/\b(?:ltv|ai|p&l|usd)\b/giu, (name) => name.toUpperCase());
