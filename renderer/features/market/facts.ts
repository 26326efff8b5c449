/** What came besides, in one line: "rsi 61, window 20". */
export const factsInWords = (facts: readonly { name: string; value: string }[]): string =>
  facts.map(({ name, value }) => `${name} ${value}`).join(', ');
