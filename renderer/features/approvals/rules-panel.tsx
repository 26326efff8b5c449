import { Bot, History, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';

import type { DecisionRule } from '#shared/domain/approvals/decision-rule.ts';
import { wordsOfRule } from '#shared/domain/approvals/decision-rule.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { newRequestId } from '../../stores/commands.ts';
import { useEntry, useSliceValues } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { isPlayback } from '../../stores/own-place.ts';
import { useSettings } from '../../stores/settings.ts';
import { toast } from '../../stores/toasts.ts';
import { openPlace } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Switch } from '../../ui/controls.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';
import type { RuleDraft } from './rule-draft.ts';
import { draftOf, newDraft } from './rule-draft.ts';
import { RuleDialog } from './rule-dialog.tsx';

/** Rules for automatic decisions (A7): off until switched on, off again after each change. */
export function RulesPanel() {
  if (!isPlayback) return <Rules />;
  return (
    <EmptyState className="h-full" icon={<History size={26} aria-hidden />} title={t('Rules are of now')}>
      {t(
        'How they stood then is not kept. What a rule decided is in the journal. Open them in the main window.',
      )}
    </EmptyState>
  );
}

function Rules() {
  const rules = useSettings()?.decisionRules;
  const backends = useBackendsWithProposals();
  const [draft, setDraft] = useState<RuleDraft | null>(null);
  const [first] = backends;
  if (rules === undefined) return <SkeletonRows />;
  const write = (
    <Button
      size="sm"
      variant="primary"
      icon={<Plus size={13} aria-hidden />}
      disabled={first === undefined}
      onClick={() => setDraft(newDraft(newRequestId(), first?.id ?? ''))}
    >
      {t('Write a rule')}
    </Button>
  );
  return (
    <div className="h-full overflow-y-auto px-5 py-4">
      <div className="mx-auto flex max-w-3xl flex-col gap-3">
        <header className="flex items-start gap-4">
          <p className="text-xs leading-relaxed text-muted">
            {t(
              'A rule decides what it says without asking, through the same checks as your own click. What a check or a soft limit would ask about, what has no known price, and everything while PANIC is on or data is stale is left to you. It decides only on what comes after it was switched on.',
            )}
          </p>
          {rules.length > 0 && <span className="shrink-0">{write}</span>}
        </header>
        {rules.length === 0 && (
          <EmptyState
            icon={<Bot size={22} aria-hidden />}
            title={t('No rules')}
            action={write}
            className="py-16"
          >
            {t(
              'Nothing is decided by itself. A first rule that many people want: decline what is outside of the hours in which you trade.',
            )}
          </EmptyState>
        )}
        <ul className="flex flex-col gap-2.5">
          {rules.map((rule) => (
            <RuleCard key={rule.id} rule={rule} onEdit={() => setDraft(draftOf(rule))} />
          ))}
        </ul>
        {rules.some(({ on }) => on) && (
          <Button size="sm" className="self-start" onClick={() => void switchAllOff(rules)}>
            {t('Switch all rules off')}
          </Button>
        )}
      </div>
      {draft !== null && <RuleDialog draft={draft} backends={backends} onClose={() => setDraft(null)} />}
    </div>
  );
}

function RuleCard({ rule, onEdit }: { rule: DecisionRule; onEdit: () => void }) {
  const backend = useEntry('backends', rule.backendId);
  const resting =
    backend === undefined
      ? t('its backend is gone')
      : backend.practice === rule.practice
        ? null
        : t('its backend is another now');
  return (
    <li className="rounded-lg border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Switch
          aria-label={t('Rule {name}', { name: rule.name })}
          checked={rule.on}
          onChange={(on) => void tell(request('rules.switch', { ruleId: rule.id, on }))}
        />
        <h3 className="text-sm font-semibold text-ink">{rule.name}</h3>
        <Badge tone={rule.on ? 'ok' : 'neutral'}>{rule.on ? t('On') : t('Off')}</Badge>
        {resting !== null && <Badge tone="warn">{t('Rests: {resting}', { resting })}</Badge>}
        <span className="ml-auto flex items-center gap-1">
          <IconButton
            size="sm"
            label={t('Change {name}', { name: rule.name })}
            icon={<Pencil size={13} aria-hidden />}
            onClick={onEdit}
          />
          <IconButton
            size="sm"
            label={t('Remove {name}', { name: rule.name })}
            icon={<Trash2 size={13} aria-hidden />}
            onClick={() => void tell(request('rules.remove', { ruleId: rule.id }))}
          />
        </span>
      </div>
      <p className="selectable mt-2 text-sm leading-relaxed text-muted">
        {wordsOfRule(rule, backend?.name ?? rule.backendId)}
      </p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 text-xs text-faint">
        <BackendTag backendId={rule.backendId} />
        {rule.onSinceMs === null ? (
          t('off until you switch it on')
        ) : (
          <span>
            <Sentence
              text={t('switched on {age}', { age: slot('age') })}
              parts={{ age: <Age atMs={rule.onSinceMs} as="ago" /> }}
            />
          </span>
        )}
        <button type="button" className="hover:text-ink hover:underline" onClick={() => openPlace('journal')}>
          {t('Its uses are in the journal')}
        </button>
      </p>
    </li>
  );
}

/** Backends whose kind has proposals that can be decided. */
function useBackendsWithProposals() {
  const backends = useSliceValues('backends');
  const kinds = useKinds();
  return backends.filter(
    ({ enabled, kind }) =>
      enabled && kinds?.get(kind)?.acts.some(({ id }) => id === 'approval.approve') === true,
  );
}

async function switchAllOff(rules: readonly DecisionRule[]): Promise<void> {
  for (const { id, on } of rules) if (on) await tell(request('rules.switch', { ruleId: id, on: false }));
}

async function tell(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    toast.error(t('The rule was not changed'), { description: describeError(error) });
  }
}
