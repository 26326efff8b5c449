import { RotateCcw } from 'lucide-react';
import { useState } from 'react';

import { severity as severities } from '#shared/domain/alerts/alert.ts';
import { withoutRow, withRow } from '#shared/domain/attention/attention-change.ts';
import type { AttentionPolicySettings, RowChange } from '#shared/domain/attention/attention-policy.ts';
import { effectiveRow } from '#shared/domain/attention/attention-policy.ts';
import type { Occasion } from '#shared/domain/attention/occasions/occasions.ts';
import type { OccasionGroup, OccasionMode } from '#shared/domain/attention/occasions/row.ts';
import { defaultRow, OCCASIONS } from '#shared/domain/attention/occasions/occasions.ts';
import { t } from '#shared/words.ts';

import { useSlice } from '../../../stores/desk.ts';
import { told } from '../../../telling.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { saveSetting } from '../parts/setting-row.tsx';
import { SOUND_CHOICES } from './sounds.ts';
import { SEVERITY_NAMES } from '../../../ui/severity-names.ts';

const GROUPS = [...new Set(OCCASIONS.map((occasion) => defaultRow(occasion).group))];

const MODES: readonly { value: OccasionMode; label: string }[] = [
  { value: 'on', label: t('On') },
  { value: 'silent', label: t('Silent') },
  { value: 'off', label: t('Off') },
];

/** The table that says how much each kind of occasion matters, how it sounds and whether it is told; for all or for one backend. */
export function OccasionTable({ policy }: { policy: AttentionPolicySettings }) {
  const backends = useSlice('backends');
  const [scope, setScope] = useState('');
  const backendId = backends.has(scope) ? scope : null;
  const scopes = [
    { value: '', label: t('All backends') },
    ...[...backends.values()].map(({ id, name }) => ({ value: id, label: t('Only {name}', { name }) })),
  ];
  return (
    <Panel
      title={t('What is told, and how')}
      actions={
        <Select
          size="sm"
          aria-label={t('For which backend')}
          className="w-52"
          value={backendId ?? ''}
          onChange={setScope}
          options={scopes}
        />
      }
    >
      <p className="border-b border-line px-4 py-3 text-xs leading-relaxed text-muted">
        {t(
          'Off: it stands in its list and nothing announces it. Low: shown in the window alone, without a sound. An alert counts as at least what its row says, and what a bot calls high or critical is told, until you change its row.',
        )}
      </p>
      {GROUPS.map((group) => (
        <Group key={group} group={group} policy={policy} backendId={backendId} />
      ))}
    </Panel>
  );
}

interface ScopeProps {
  policy: AttentionPolicySettings;
  backendId: string | null;
}

function Group({ group, ...scope }: ScopeProps & { group: OccasionGroup }) {
  return (
    <section aria-label={told(group)} className="border-b border-line last:border-0">
      <div className="flex items-end gap-x-3 px-4 pt-3.5 pb-1">
        <h3 className="label flex-1">{told(group)}</h3>
        {/* Each choice has its name; this is for whoever sees them in columns. */}
        <span aria-hidden className="label flex shrink-0 gap-1.5 max-[1100px]:hidden">
          <span className="w-24">{t('Severity')}</span>
          <span className="w-26">{t('Sound')}</span>
          <span className="w-20">{t('Told')}</span>
          <span className="w-7" />
        </span>
      </div>
      <ul>
        {OCCASIONS.filter((occasion) => defaultRow(occasion).group === group).map((occasion) => (
          <Row key={occasion} occasion={occasion} {...scope} />
        ))}
      </ul>
    </section>
  );
}

function Row({ occasion, policy, backendId }: ScopeProps & { occasion: Occasion }) {
  const standard = defaultRow(occasion);
  const row = effectiveRow(policy, occasion, { backendId, own: null });
  const [asksSilence, setAsksSilence] = useState(false);
  const changed = backendId === null ? policy.rows[occasion] !== undefined : row.from === 'override';
  const change = (part: RowChange): void =>
    void saveSetting({ attentionPolicy: withRow(policy, { occasion, backendId }, part) });
  const guarded = standard.guarded === true;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
      <div className="min-w-40 flex-1">
        <p className="text-sm text-ink">{standard.label}</p>
        <p className="text-xs leading-snug text-faint">{standard.help}</p>
      </div>
      <div className="flex shrink-0 items-center gap-1.5">
        <Select
          size="sm"
          aria-label={t('Severity: {label}', { label: standard.label })}
          className="w-24"
          value={row.severity}
          disabled={guarded}
          onChange={(severity) => change({ severity })}
          options={severities.options.map((value) => ({ value, label: SEVERITY_NAMES[value] }))}
        />
        <Select
          size="sm"
          aria-label={t('Sound: {label}', { label: standard.label })}
          className="w-26"
          value={row.sound ?? ''}
          onChange={(sound) => {
            if (guarded && sound === '') setAsksSilence(true);
            else change({ sound: sound === '' ? null : sound });
          }}
          options={SOUND_CHOICES}
        />
        <Select
          size="sm"
          aria-label={t('Told: {label}', { label: standard.label })}
          className="w-20"
          value={row.mode}
          onChange={(mode) => {
            if (guarded && mode !== 'on') setAsksSilence(true);
            else change({ mode });
          }}
          options={guarded ? MODES.filter(({ value }) => value !== 'off') : MODES}
        />
        <IconButton
          size="sm"
          label={t('Back to default: {label}', { label: standard.label })}
          disabled={!changed}
          className={changed ? '' : 'invisible'}
          icon={<RotateCcw size={13} aria-hidden />}
          onClick={() => void saveSetting({ attentionPolicy: withoutRow(policy, { occasion, backendId }) })}
        />
      </div>
      {asksSilence && (
        <Dialog
          open
          onOpenChange={setAsksSilence}
          tone="danger"
          width="sm"
          title={t('Take away this sound?')}
          description={t(
            '“{label}” says that protection failed. Without a sound you learn of it only when you look.',
            { label: standard.label },
          )}
          footer={
            <>
              <Button onClick={() => setAsksSilence(false)}>{t('Keep the sound')}</Button>
              <Button
                variant="danger"
                onClick={() => {
                  change({ mode: 'silent' });
                  setAsksSilence(false);
                }}
              >
                {t('Make it silent')}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      )}
    </li>
  );
}
