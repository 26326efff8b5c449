import type { DecisionRuleText, DryRunLine } from '#shared/domain/approvals/decision-rule.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';

/** What a person does with rules for automatic decisions. Each change is journaled. */
export interface RuleDesk {
  /** Keeps a rule as written, switched off whatever it was before. Throws with words for a person. */
  save(rule: DecisionRuleText): Settings;
  /** Off stops it at once, also what is under way and not sent yet. Throws when a rule that is no rule is switched on. */
  switch(ruleId: string, on: boolean): Settings;
  remove(ruleId: string): Settings;
  /** What the rule would have decided of the journal's last proposals of its backend, oldest first. Acts on nothing. */
  dryRun(rule: DecisionRuleText, last: number): Promise<DryRunLine[]>;
}
