/** What a test says, by whichever way it comes. */
export const TEST_WORDS = {
  title: 'This is a test',
  body: 'Quarterdeck reaches you this way. Nothing happened.',
} as const;
