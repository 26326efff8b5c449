/** Every place of the window, as it is named in addresses, settings and the journal. */
export const PLACES = [
  'deck',
  'approvals',
  'portfolio',
  'alerts',
  'models',
  'market',
  'copy-trading',
  'bot-room',
  'assistant',
  'journal',
  'settings',
] as const;
