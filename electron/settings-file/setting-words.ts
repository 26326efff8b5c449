import type { Settings } from '#shared/domain/settings/settings.ts';

/** Whatever can be set has a title here: a section without one would be taken unseen. */
export type SectionName = Exclude<keyof Settings, 'version'> | 'priceAlerts';

/** What the sections of the settings are called on screen, in the order of the summary. */
export const SECTION_TITLES: Readonly<Record<SectionName, string>> = {
  backends: 'Backends',
  channels: 'Channels',
  limits: 'Limits',
  watch: 'While you are away',
  heartbeat: 'Heartbeat',
  decisionRules: 'Rules that decide',
  panic: 'Halting',
  security: 'Lock',
  signIn: 'Sign-in',
  ingest: 'Detector scripts',
  attention: 'Notifications and sound',
  attentionPolicy: 'What makes itself heard',
  marketMoves: 'Moves of the market',
  priceAlerts: 'Price alerts',
  assistant: 'Assistant',
  retention: 'Journal',
  playback: 'Playback',
  practice: 'Practice desk',
  appearance: 'Appearance',
  region: 'Language and region',
  guide: 'First steps',
  shortcuts: 'Keys',
  deck: 'Deck',
  desktop: 'This computer',
  updates: 'Updates',
  diagnostics: 'Log',
};

/** Members that a person could not read by their name alone. */
const WORDS: Readonly<Record<string, string>> = {
  softValueUsd: 'ask again above ($)',
  hardValueUsd: 'refuse above ($)',
  softDayUsd: 'ask again above, a day ($)',
  hardDayUsd: 'refuse above, a day ($)',
  softPriceDriftPct: 'ask again past a price move of (%)',
  maxPriceDriftPct: 'refuse past a price move of (%)',
  approvalExpiryMinutes: 'proposals stand for (minutes)',
  expiryMinutesByKind: 'proposals stand for (minutes)',
  repeatsReplace: 'a repeated proposal replaces the older one',
  byBackend: 'for',
  dayLossUsd: 'halt at a loss of the day ($)',
  dayLossPct: 'halt at a loss of the day (%)',
  drawdownUsd: 'halt at a fall from the peak ($)',
  drawdownPct: 'halt at a fall from the peak (%)',
  drawdownSpan: 'the peak is looked for over',
  staleMinutes: 'halt when data is older than (minutes)',
  staleMinutesOf: 'halt when data is older than (minutes):',
  keepAwake: 'keep the computer awake',
  askBeforeQuit: 'ask before quitting',
  hotkey: 'hotkey of PANIC',
  showHotkey: 'hotkey that shows the window',
  lockAfterMinutes: 'lock after (minutes)',
  lockWithSystem: 'lock with the system',
  whileLocked: 'what shows while locked',
  textsWhileLocked: 'notifications say what they are about while locked',
  decideWhileLocked: 'decide from the tray while locked',
  discordClientId: 'application at Discord',
  allowPlainHttp: 'plain HTTP allowed',
  minSeverity: 'sends from',
  mutedKinds: 'muted',
  silenceCritical: 'quiet hours silence critical alerts too',
  withCritical: 'critical ones too',
  volatilityPctOf: 'volatility (%):',
  keepDays: 'kept for (days)',
  keepDecisionsDays: 'decisions kept for (days)',
  maxSizeMb: 'largest size (MB)',
  toolsOff: 'tools switched off',
};

/** "limits.byBackend.bot-1.hardValueUsd" without its section, as words. */
export function wordsOfPlace(place: readonly string[]): string {
  const words = place.map((name) => WORDS[name] ?? humanised(name)).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Members are camel case; whatever else stands in a place is an id or a name and stays as it is. */
const humanised = (name: string): string =>
  /^[a-z]+(?:[A-Z][a-z]*)+$/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : name;
