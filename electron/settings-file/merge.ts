import { isDeepStrictEqual } from 'node:util';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import type { ChannelConfig } from '#shared/domain/attention/channel.ts';
import type { DecisionRule } from '#shared/domain/approvals/decision-rule.ts';
import type { Retention } from '#shared/domain/journal/journal.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import type { Settings } from '#shared/domain/settings/settings.ts';

export interface Everything {
  settings: Settings;
  priceAlerts: readonly PriceAlertText[];
}

export interface Merged extends Everything {
  /** What arrives switched off or is not taken, and why; sentences. */
  heldBack: string[];
  /** What is here and not in the file; it stays. */
  stays: string[];
}

/**
 * Pure: what would be set if the file were taken. Nothing that is here is removed. Whatever acts by itself, listens, or sends somewhere
 * new arrives switched off, and nothing is deleted earlier than now: the person does these by hand, where each has its own question.
 */
export function mergeSettings(now: Everything, file: Everything, nowMs: number): Merged {
  const heldBack: string[] = [];
  const before = now.settings;
  const from = file.settings;
  const settings: Settings = {
    ...from,
    attentionPolicy: {
      ...from.attentionPolicy,
      snoozes: before.attentionPolicy.snoozes,
      muteUntilMs: before.attentionPolicy.muteUntilMs,
    },
    ingest: { ...from.ingest, enabled: listens(before, from) },
    retention: keptLonger(before.retention, from.retention),
    playback: {
      keepDays: Math.max(before.playback.keepDays, from.playback.keepDays),
      maxSizeMb: Math.max(before.playback.maxSizeMb, from.playback.maxSizeMb),
    },
    assistant: { ...from.assistant, noticedAddress: before.assistant.noticedAddress },
    backends: union(before.backends, from.backends),
    channels: union(before.channels, from.channels.map(asArriving)),
    decisionRules: union(before.decisionRules, from.decisionRules.map(resting)),
  };
  if (from.ingest.enabled && !settings.ingest.enabled)
    heldBack.push('The listener for detector scripts stays off. Switch it on in Settings, Detector scripts.');
  if (!isDeepStrictEqual(settings.retention, from.retention))
    heldBack.push('The journal is not kept shorter than now: that deletes. Set it in Settings, Journal.');
  if (!isDeepStrictEqual(settings.playback, from.playback))
    heldBack.push(
      'The past is not kept shorter for playback than now: that deletes. Set it in Settings, Journal.',
    );
  return {
    settings,
    priceAlerts: union(now.priceAlerts, file.priceAlerts.map(asStillOpen)),
    heldBack,
    stays: [
      ...left(before.backends, from.backends).map(({ name }) => `Backend ${name}`),
      ...left(before.channels, from.channels).map(({ name }) => `Channel ${name}`),
      ...left(before.decisionRules, from.decisionRules).map(({ name }) => `Rule ${name}`),
      ...left(now.priceAlerts, file.priceAlerts).map(({ symbol }) => `Price alert on ${symbol}`),
    ],
  };

  /** A channel that is new or sends elsewhere sends nothing before the person has looked at it. */
  function asArriving(channel: ChannelConfig): ChannelConfig {
    const here = before.channels.find(({ id }) => id === channel.id);
    if (!channel.enabled || (here !== undefined && sendsTo(here) === sendsTo(channel))) return channel;
    heldBack.push(`Channel ${channel.name} arrives switched off. Look where it sends, then switch it on.`);
    return { ...channel, enabled: false };
  }

  function resting(rule: DecisionRule): DecisionRule {
    const here = before.decisionRules.find(({ id }) => id === rule.id);
    if (here !== undefined && isDeepStrictEqual(textOf(here), textOf(rule))) return here;
    if (rule.on) heldBack.push(`Rule ${rule.name} arrives switched off.`);
    return { ...rule, on: false, onSinceMs: null };
  }

  function asStillOpen(alert: PriceAlertText): PriceAlertText {
    const isOver = alert.expiresAtMs !== null && alert.expiresAtMs <= nowMs;
    return isOver ? { ...alert, on: false } : alert;
  }
}

/** Where a channel's messages go, with its secrets. */
const sendsTo = ({ kind, options, recipients }: ChannelConfig): string =>
  JSON.stringify([kind, Object.entries(options).sort(), recipients]);

/** An inbound listener is never opened by a file, and an open one not moved (S6). */
const listens = (before: Settings, from: Settings): boolean =>
  before.ingest.enabled && from.ingest.enabled && isDeepStrictEqual(before.ingest, from.ingest);

/** The longer of each: `null` is for ever. */
function keptLonger(now: Retention, file: Retention): Retention {
  const longer = (one: number | null, other: number | null): number | null =>
    one === null || other === null ? null : Math.max(one, other);
  return {
    keepDays: longer(now.keepDays, file.keepDays),
    keepDecisionsDays: longer(now.keepDecisionsDays, file.keepDecisionsDays),
    maxSizeMb: longer(now.maxSizeMb, file.maxSizeMb),
  };
}

function union<T extends { id: string }>(here: readonly T[], arriving: readonly T[]): T[] {
  const byId = new Map(arriving.map((item) => [item.id, item]));
  const known = new Set(here.map(({ id }) => id));
  return [...here.map((item) => byId.get(item.id) ?? item), ...arriving.filter(({ id }) => !known.has(id))];
}

function left<T extends { id: string }>(here: readonly T[], arriving: readonly { id: string }[]): T[] {
  const known = new Set(arriving.map(({ id }) => id));
  return here.filter(({ id }) => !known.has(id));
}

const textOf = ({ on: _on, onSinceMs: _since, ...text }: DecisionRule): object => text;

/** The ids under which the vault keeps what may not go where the settings would send it from now on (S3). */
export function movedOwners(
  now: Settings,
  next: Settings,
  of: { backend(config: BackendConfig): string; channel(config: ChannelConfig): string },
): string[] {
  const backends = next.backends.filter((config) => {
    const here = now.backends.find(({ id }) => id === config.id);
    return here?.kind !== config.kind || of.backend(here) !== of.backend(config);
  });
  const channels = next.channels.filter((config) => {
    const here = now.channels.find(({ id }) => id === config.id);
    return here === undefined || sendsTo(here) !== sendsTo(config);
  });
  return [...backends.map(({ id }) => id), ...channels.map(of.channel)];
}
