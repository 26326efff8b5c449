import { describe, expect, it } from 'vitest';

import type { Severity } from '../alerts/alert.ts';
import { alertOccasion } from './alert-occasion.ts';
import type { AttentionPolicySettings } from './attention-policy.ts';
import { attentionPolicySettings, DEFAULT_ATTENTION_POLICY, effectiveRow } from './attention-policy.ts';
import type { ToldMatter } from './attention-verdict.ts';
import { attentionVerdict } from './attention-verdict.ts';
import { defaultRow, OCCASIONS } from './occasions/occasions.ts';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const NIGHT = Date.parse('2026-06-10T23:00:00Z');

const policyOf = (rest: Partial<AttentionPolicySettings> = {}): AttentionPolicySettings => ({
  ...attentionPolicySettings.parse({}),
  ...rest,
});
const quiet = { enabled: true, from: '22:00', to: '07:00', days: [0, 1, 2, 3, 4, 5, 6] };

const matter = (rest: Partial<ToldMatter> = {}): ToldMatter => ({
  occasion: 'approval-asked',
  backendId: 'a',
  practice: false,
  severity: 'medium',
  alert: null,
  ...rest,
});
const alertMatter = (kind: string, severity: Severity, rest: Partial<ToldMatter> = {}): ToldMatter =>
  matter({
    occasion: alertOccasion({ kind, severity }),
    severity,
    alert: { kind, group: `a/${kind}`, severity },
    ...rest,
  });
const verdict = (policy: AttentionPolicySettings, about: ToldMatter, nowMs = NOON) =>
  attentionVerdict(policy, about, { nowMs, timeZone: 'UTC', nameOf: (id) => `Bot ${id}` });

it('L1 what counts before the settings are read is what the settings begin with', () => {
  expect(DEFAULT_ATTENTION_POLICY).toEqual(attentionPolicySettings.parse({}));
});

describe('the table', () => {
  const row = (
    policy: AttentionPolicySettings,
    occasion: Parameters<typeof effectiveRow>[1],
    own: Severity | null = null,
  ) => effectiveRow(policy, occasion, { backendId: 'a', own });

  it('has the defaults that a person expects: lost protection critical, fills high, price alerts medium, information low', () => {
    expect(defaultRow('link-stopped').severity).toBe('critical');
    expect(defaultRow('journal-trouble').severity).toBe('critical');
    expect(defaultRow('limit-unwatched').severity).toBe('critical');
    expect(defaultRow('fill').severity).toBe('high');
    expect(defaultRow('price-alert').severity).toBe('medium');
    expect(defaultRow('information').severity).toBe('low');
  });

  it('puts kinds of every backend into their rows, and unknown ones by their own severity', () => {
    const rows = (
      [
        'execution',
        'LTV_WARNING',
        'price_alert',
        'missed_exit',
        'volume_spike',
        'run_failed',
        'profit_taking',
        'profit_taking_auto',
      ] as const
    ).map((kind) => alertOccasion({ kind, severity: 'low' }));
    expect(rows).toEqual([
      'fill',
      'risk-alert',
      'price-alert',
      'missed-exit',
      'volume-spike',
      'run-failed',
      'information',
      'fill',
    ]);
    const unknown = (['low', 'medium', 'high', 'critical'] as const).map((severity) =>
      alertOccasion({ kind: 'constructor', severity }),
    );
    expect(unknown).toEqual(['other-low', 'other-medium', 'other-high', 'other-critical']);
  });

  it('counts an alert as at least its row, and never as less than its bot says, until a person sets the row', () => {
    expect(row(policyOf(), 'fill', 'low').severity).toBe('high');
    expect(row(policyOf(), 'price-alert', 'critical')).toMatchObject({
      severity: 'critical',
      sound: 'critical',
    });
    expect(row(policyOf({ rows: { fill: { severity: 'low' } } }), 'fill', 'critical').severity).toBe('low');
  });

  it('tells what a bot calls high or critical also in a row that comes switched off, but not where a person did that', () => {
    expect(row(policyOf(), 'information', 'low').mode).toBe('off');
    expect(row(policyOf(), 'information', 'critical')).toMatchObject({ mode: 'on', sound: 'critical' });
    expect(row(policyOf({ rows: { information: { mode: 'off' } } }), 'information', 'critical').mode).toBe(
      'off',
    );
  });

  it('an override for one backend goes before the row, member by member, and counts for no other', () => {
    const policy = policyOf({
      rows: { fill: { severity: 'medium', sound: null } },
      overrides: [{ backendId: 'a', occasion: 'fill', mode: 'silent' }],
    });
    expect(row(policy, 'fill')).toEqual({
      severity: 'medium',
      sound: null,
      mode: 'silent',
      from: 'override',
    });
    expect(effectiveRow(policy, 'fill', { backendId: 'b', own: null }).mode).toBe('on');
  });

  it('L3 what says that protection failed stays critical and is never off, whatever was set', () => {
    const guarded = OCCASIONS.filter((occasion) => defaultRow(occasion).guarded === true);
    expect(guarded).toContain('panic-not-confirmed');
    expect(guarded).toContain('lifted-by-itself');
    for (const occasion of guarded) {
      const policy = policyOf({
        rows: { [occasion]: { severity: 'low', mode: 'off' } },
        overrides: [{ backendId: 'a', occasion, severity: 'low', mode: 'off' }],
      });
      expect(row(policy, occasion)).toMatchObject({ severity: 'critical', mode: 'silent' });
      expect(verdict(policy, matter({ occasion, severity: 'critical' }))).toMatchObject({
        native: null,
        window: null,
      });
    }
  });
});

describe('L1 what is muted names the rule', () => {
  const told = { native: null, sound: null, window: null, outbound: null, attempted: true };

  it('nothing mutes it', () => {
    expect(verdict(policyOf(), matter())).toEqual(told);
  });

  it('a row', () => {
    const label = 'Row “A bot proposes a trade”';
    const rows = (change: AttentionPolicySettings['rows'][string]) =>
      policyOf({ rows: { 'approval-asked': change } });
    expect(verdict(rows({ mode: 'silent' }), matter())).toEqual({ ...told, sound: `${label}: silent.` });
    expect(verdict(rows({ sound: null }), matter())).toEqual({ ...told, sound: `${label}: no sound.` });
    expect(verdict(rows({ mode: 'off' }), matter())).toMatchObject({
      native: `${label}: off.`,
      window: `${label}: off.`,
    });
  });

  it('an override, with the name of the backend', () => {
    const policy = policyOf({ overrides: [{ backendId: 'a', occasion: 'approval-asked', mode: 'off' }] });
    expect(verdict(policy, matter()).native).toBe('Row “A bot proposes a trade” for Bot a: off.');
  });

  it('quiet hours; the window still shows it', () => {
    const policy = policyOf({ quietHours: quiet });
    const rule = 'Quiet hours, 22:00 to 07:00.';
    expect(verdict(policy, matter(), NIGHT)).toEqual({ ...told, native: rule, sound: rule, outbound: rule });
    expect(verdict(policy, matter(), NOON)).toEqual(told);
  });

  it('a mute, with the time at which it ends, and no longer than that', () => {
    const policy = policyOf({ muteUntilMs: NOON + 3_600_000 });
    expect(verdict(policy, matter()).native).toBe('Muted until 13:00.');
    expect(verdict(policy, matter(), NOON + 3_600_000)).toEqual(told);
  });

  it('a kind that was muted from an alert, of that backend alone', () => {
    const policy = policyOf({ mutedKinds: [{ backendId: 'a', kind: 'whale', withCritical: false }] });
    expect(verdict(policy, alertMatter('whale', 'high')).window).toBe('You muted “whale” alerts of Bot a.');
    expect(verdict(policy, alertMatter('whale', 'high', { backendId: 'b' }))).toEqual(told);
    expect(verdict(policy, alertMatter('volatility', 'high'))).toEqual(told);
  });

  it('a snooze, until it ends, and not where the alert grew worse', () => {
    const policy = policyOf({
      snoozes: [{ group: 'a/whale', title: 'whale', severity: 'high', untilMs: NOON + 600_000 }],
    });
    expect(verdict(policy, alertMatter('whale', 'high')).window).toBe('Snoozed until 12:10.');
    expect(verdict(policy, alertMatter('whale', 'critical'))).toEqual(told);
    expect(verdict(policy, alertMatter('whale', 'high'), NOON + 600_000)).toEqual(told);
  });

  it('what comes switched off, and what practice bots say below high, is no attempt at all', () => {
    expect(verdict(policyOf(), alertMatter('moon', 'medium'))).toMatchObject({ attempted: false });
    const practice = alertMatter('price_alert', 'medium', { practice: true });
    expect(verdict(policyOf(), practice)).toMatchObject({ attempted: false });
    expect(verdict(policyOf(), { ...practice, practice: false })).toEqual(told);
    expect(verdict(policyOf({ rows: { 'price-alert': { mode: 'on' } } }), practice)).toEqual(told);
  });
});

describe('L3 quiet hours never silence what is critical', () => {
  const critical = alertMatter('moon', 'critical');

  it.each([
    ['quiet hours', policyOf({ quietHours: quiet })],
    ['a mute', policyOf({ muteUntilMs: NIGHT + 3_600_000 })],
    ['a muted kind', policyOf({ mutedKinds: [{ backendId: 'a', kind: 'moon', withCritical: false }] })],
  ])('nor does %s', (_what, policy) => {
    expect(verdict(policy, critical, NIGHT)).toMatchObject({ native: null, sound: null, outbound: null });
  });

  it('unless the person says so; that protection failed is seen even then', () => {
    const policy = policyOf({ quietHours: quiet, silenceCritical: true });
    expect(verdict(policy, critical, NIGHT).native).toContain('Quiet hours');
    const failed = matter({ occasion: 'panic-not-confirmed', severity: 'critical' });
    expect(verdict(policy, failed, NIGHT)).toMatchObject({ native: null, window: null, outbound: null });
    expect(verdict(policy, failed, NIGHT).sound).toContain('Quiet hours');
  });
});
