import type { DecisionRule, DecisionRuleText } from '#shared/domain/approvals/decision-rule.ts';
import { troubleOfRule, wordsOfRule } from '#shared/domain/approvals/decision-rule.ts';
import { inEnglish } from '#shared/words.ts';

import type { DeskReader } from '../desk/port.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { SettingsPort } from '../settings/port.ts';
import { dryRun } from './dry-run.ts';
import type { RuleDesk } from './port.ts';

export function createRuleDesk(parts: {
  desk: DeskReader;
  settings: Pick<SettingsPort, 'get' | 'saveRule' | 'switchRule' | 'removeRule'>;
  journal: Pick<JournalPort, 'append' | 'search'>;
  clock: Clock;
}): RuleDesk {
  const { clock, desk, journal, settings } = parts;

  const backendOf = (rule: DecisionRuleText) => desk.get('backends', rule.backendId);
  const find = (ruleId: string): DecisionRule | undefined =>
    settings.get().decisionRules.find(({ id }) => id === ruleId);

  function note(rule: DecisionRuleText, what: string): void {
    const words = inEnglish(() => wordsOfRule(rule, backendOf(rule)?.name ?? rule.backendId));
    journal.append({
      atMs: clock.now(),
      kind: 'settings',
      backendId: rule.backendId,
      summary: `Rule "${rule.name}" ${what}: ${words}`,
      data: { rule, what },
    });
  }

  return {
    save(rule) {
      const trouble = troubleOfRule(rule);
      if (trouble !== null) throw new Error(trouble);
      const backend = backendOf(rule);
      if (backend === undefined) throw new Error('Its backend is not connected.');
      const saved = settings.saveRule(rule, backend.practice);
      note(rule, 'written, switched off');
      return saved;
    },
    switch(ruleId, on) {
      const rule = find(ruleId);
      if (rule === undefined) throw new Error('This rule is gone.');
      const trouble = on ? troubleOfRule(rule) : null;
      if (trouble !== null) throw new Error(trouble);
      const saved = settings.switchRule(ruleId, on);
      note(rule, on ? 'switched on' : 'switched off');
      return saved;
    },
    remove(ruleId) {
      const rule = find(ruleId);
      const saved = settings.removeRule(ruleId);
      if (rule !== undefined) note(rule, 'removed');
      return saved;
    },
    dryRun: (rule, last) =>
      dryRun(journal, rule, {
        last,
        practice: backendOf(rule)?.practice ?? false,
        limits: settings.get().limits,
      }),
  };
}
