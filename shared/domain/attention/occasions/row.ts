import type { Severity } from '../../alerts/alert.ts';
import type { SoundName } from '../attention.ts';

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
