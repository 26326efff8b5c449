import { t } from '../../words.ts';

import type { Severity } from '../alerts/alert.ts';
import type { SoundName } from './attention.ts';

/** `silent`: shown, without a sound. `off`: stands in its list alone, nothing announces it. */
export type OccasionMode = 'on' | 'silent' | 'off';

export type OccasionGroup =
  'Approvals' | 'PANIC and halts' | 'Protection' | 'Trading' | 'Market' | 'Other alerts';

/** A row of the table that says how the desk gets a person's attention, as it is until the person changes it. */
export interface OccasionRow {
  group: OccasionGroup;
  label: string;
  help: string;
  severity: Severity;
  sound: SoundName | null;
  mode: OccasionMode;
  /** Of bots' alerts: `severity` is the least that one of them counts as; what its bot says is kept where that is more. */
  atLeast?: true;
  /** Says that protection failed: it stays critical and is never off, and only its sound can be taken away. */
  guarded?: true;
}

/**
 * Every kind of thing that may deserve attention. What is `low` is shown in the window alone, without a sound. Keys are
 * stored in settings and in the journal, so they keep their names.
 */
export const OCCASION_ROWS = {
  'approval-asked': {
    group: 'Approvals',
    label: t('A bot proposes a trade'),
    help: t('A new approval waits for you.'),
    severity: 'medium',
    sound: 'approval',
    mode: 'on',
  },
  'approvals-waiting': {
    group: 'Approvals',
    label: t('Approvals found at the first look'),
    help: t('One line for all that waited before the desk looked.'),
    severity: 'medium',
    sound: 'approval',
    mode: 'on',
  },
  'panic-pressed': {
    group: 'PANIC and halts',
    label: t('PANIC was pressed'),
    help: t('By you, by the hotkey or by one of your limits.'),
    severity: 'critical',
    sound: 'kill',
    mode: 'on',
  },
  'panic-not-confirmed': {
    group: 'PANIC and halts',
    label: t('PANIC is not confirmed'),
    help: t('A bot may still trade although PANIC was pressed.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
    guarded: true,
  },
  'panic-confirmed': {
    group: 'PANIC and halts',
    label: t('PANIC is confirmed'),
    help: t('Every bot was read again and is halted.'),
    severity: 'high',
    sound: 'clear',
    mode: 'on',
  },
  'panic-still-on': {
    group: 'PANIC and halts',
    label: t('PANIC is still on after a start'),
    help: t('It was pressed before and nobody resumed.'),
    severity: 'high',
    sound: 'kill',
    mode: 'on',
  },
  'panic-resumed': {
    group: 'PANIC and halts',
    label: t('PANIC was ended'),
    help: t('A person resumed.'),
    severity: 'medium',
    sound: 'clear',
    mode: 'on',
  },
  halted: {
    group: 'PANIC and halts',
    label: t('A bot was halted elsewhere'),
    help: t('By another person, another desk or the bot itself.'),
    severity: 'critical',
    sound: 'kill',
    mode: 'on',
  },
  resumed: {
    group: 'PANIC and halts',
    label: t('A bot may trade again'),
    help: t('A halt was lifted elsewhere, without PANIC being on.'),
    severity: 'high',
    sound: 'clear',
    mode: 'on',
  },
  'lifted-by-itself': {
    group: 'PANIC and halts',
    label: t('A bot lifted its halt during PANIC'),
    help: t('The desk halts it again.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
    guarded: true,
  },
  'lifted-by-somebody': {
    group: 'PANIC and halts',
    label: t('Somebody resumed a bot during PANIC'),
    help: t('It trades again until PANIC is pressed again.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
    guarded: true,
  },
  'halt-unknown': {
    group: 'PANIC and halts',
    label: t('A halt can no longer be seen'),
    help: t('It is not known whether the bot is still halted.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'link-stopped': {
    group: 'Protection',
    label: t('A link stopped for good'),
    help: t('The bot is not watched any more until you do something.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
  },
  'feed-stopped': {
    group: 'Protection',
    label: t('A link that only watches the market stopped for good'),
    help: t('Its figures and alerts no longer come.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'link-back': {
    group: 'Protection',
    label: t('A stopped link works again'),
    help: t('The bot is watched again.'),
    severity: 'medium',
    sound: 'clear',
    mode: 'on',
  },
  'journal-trouble': {
    group: 'Protection',
    label: t('The journal cannot be written'),
    help: t('What happens and is decided is not kept safe.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
  },
  'journal-mended': {
    group: 'Protection',
    label: t('The journal was mended'),
    help: t('It was rebuilt or goes on in a second file.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'journal-back': {
    group: 'Protection',
    label: t('The journal works again'),
    help: t('Its trouble has ended.'),
    severity: 'medium',
    sound: 'clear',
    mode: 'on',
  },
  'limit-near': {
    group: 'Protection',
    label: t('Near a limit that presses PANIC'),
    help: t('At the limit PANIC is pressed for you.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'limit-not-pressed': {
    group: 'Protection',
    label: t('Past a limit, and PANIC was not pressed'),
    help: t('It was so when you set it, PANIC was on already, or it waits for you.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
    guarded: true,
  },
  'limit-unwatched': {
    group: 'Protection',
    label: t('A limit cannot be watched'),
    help: t('What it needs to know is missing, so it presses nothing.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
    guarded: true,
  },
  'limit-cleared': {
    group: 'Protection',
    label: t('A limit is well within bounds again'),
    help: t('Or can be watched again.'),
    severity: 'medium',
    sound: 'clear',
    mode: 'on',
  },
  'heartbeat-failing': {
    group: 'Protection',
    label: t('The heartbeat does not arrive'),
    help: t('The service that watches this desk does not hear it.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'heartbeat-back': {
    group: 'Protection',
    label: t('The heartbeat arrives again'),
    help: t('Its trouble has ended.'),
    severity: 'medium',
    sound: 'clear',
    mode: 'on',
  },
  'desk-trouble': {
    group: 'Protection',
    label: t('Trouble of the desk itself'),
    help: t('A window that was loaded again, a hotkey that another program has.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  fill: {
    group: 'Trading',
    label: t('Fills and executions'),
    help: t('A bot bought or sold.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'copy-opened': {
    group: 'Trading',
    label: t('Copy trading: a copy was opened'),
    help: t('Your money is in a position that was not there when it was last read.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'copy-closed': {
    group: 'Trading',
    label: t('Copy trading: a copy was closed'),
    help: t('A position of yours is there no more.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'fill-simulated': {
    group: 'Trading',
    label: t('Fills without money'),
    help: t('Of a dry run, a sample or a practice bot.'),
    severity: 'low',
    sound: null,
    mode: 'off',
  },
  'missed-exit': {
    group: 'Trading',
    label: t('Copy trading: a missed exit'),
    help: t('The trader is out and your copy is still open.'),
    severity: 'medium',
    sound: 'critical',
    mode: 'on',
    atLeast: true,
  },
  'follow-trouble': {
    group: 'Trading',
    label: t('Copy trading: following is in trouble'),
    help: t('A trader is no longer followed, or the list cannot be read.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'trader-trade': {
    group: 'Trading',
    label: t('Copy trading: a trader that you follow trades'),
    help: t('What it means for your copies is told by their own rows.'),
    severity: 'low',
    sound: null,
    mode: 'off',
    atLeast: true,
  },
  'risk-alert': {
    group: 'Trading',
    label: t('Risk and collateral'),
    help: t('Loan to value, blocked collateral, anomalies, fraud.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'run-failed': {
    group: 'Trading',
    label: t('A run of a model failed'),
    help: t('Or is gone without an end.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'run-completed': {
    group: 'Trading',
    label: t('A run of a model completed'),
    help: t('With its return.'),
    severity: 'medium',
    sound: 'clear',
    mode: 'on',
  },
  'run-started': {
    group: 'Trading',
    label: t('A run of a model started'),
    help: t('Shown in the window alone while it is low.'),
    severity: 'low',
    sound: 'clear',
    mode: 'on',
  },
  'model-trade': {
    group: 'Trading',
    label: t('A model trades'),
    help: t('Shown in the window alone while it is low.'),
    severity: 'low',
    sound: 'clear',
    mode: 'on',
  },
  'price-alert': {
    group: 'Market',
    label: t('Price alerts'),
    help: t('A price crossed what was asked for.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'threshold-alert': {
    group: 'Market',
    label: t('Thresholds kept by a bot'),
    help: t('Price, funding or open interest crossed one of them.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'whale-trade': {
    group: 'Market',
    label: t('Whale trades'),
    help: t('One very large trade in the market.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  volatility: {
    group: 'Market',
    label: t('Volatility'),
    help: t('A price moved far in a short time.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'volume-spike': {
    group: 'Market',
    label: t('Volume spikes'),
    help: t('Far more volume than in the hour before.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'silent',
    atLeast: true,
  },
  'open-interest': {
    group: 'Market',
    label: t('Open interest'),
    help: t('It moved far in a short time.'),
    severity: 'low',
    sound: null,
    mode: 'off',
    atLeast: true,
  },
  'bot-trouble': {
    group: 'Other alerts',
    label: t('Trouble of a bot'),
    help: t('It cannot read its data, a service of it fails.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  information: {
    group: 'Other alerts',
    label: t('Information'),
    help: t('Rules that ran, lessons learned, reports, backtests.'),
    severity: 'low',
    sound: null,
    mode: 'off',
    atLeast: true,
  },
  'other-critical': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls critical'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
  },
  'other-high': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls high'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'other-medium': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls medium'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'off',
  },
  'other-low': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls low'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'low',
    sound: null,
    mode: 'off',
  },
} as const satisfies Record<string, OccasionRow>;

export type Occasion = keyof typeof OCCASION_ROWS;

export const isOccasion = (name: string): name is Occasion => Object.hasOwn(OCCASION_ROWS, name);

/** The rows in the order in which a person reads them. */
export const OCCASIONS = Object.keys(OCCASION_ROWS).filter(isOccasion);

/** The row as it is until a person changes it. */
export const defaultRow = (occasion: Occasion): OccasionRow => OCCASION_ROWS[occasion];
