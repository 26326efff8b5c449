import { z } from 'zod';

import { severity } from '#shared/domain/alerts/alert.ts';
import { backendId } from '#shared/domain/backends/backend.ts';
import { isPracticeOnly } from '#shared/domain/derive.ts';
import { MOST_PRICE_ALERTS, priceAlertText, priceCondition } from '#shared/domain/alerts/price-alert.ts';

import { plainText } from '../../lib/clean.ts';
import { defineTool, ToolRefusal } from './tool.ts';

const reason = z.string().min(1).max(1_000).describe('Why, in a sentence or two, for the person.');

/** A kind is one that the desk has heard: words of a text that a model read are none. */
export const proposeMute = defineTool({
  name: 'propose_mute',
  description:
    'Puts a card into the conversation by which the person can mute one kind of alert of one backend, or hear it again. Changes nothing. What is critical is always told.',
  parameters: z.object({
    backendId,
    kind: z.string().min(1).max(60).describe('The kind of the alert, from read_alerts.'),
    muted: z.boolean(),
    reason,
  }),
  run({ backendId: from, kind, muted, reason: why }, { desk, mutedKinds }) {
    const isMuted = mutedKinds().some((one) => one.backendId === from && one.kind === kind);
    if (isMuted === muted) throw new ToolRefusal(muted ? 'It is muted already.' : 'It is not muted.');
    const heard = [...desk.entries('alerts')].some(
      ([, alert]) => alert.backendId === from && alert.kind === kind,
    );
    if (muted && !heard)
      throw new ToolRefusal('The desk has no alert of this kind from this backend. Read them first.');
    return {
      text: 'A card was put into the conversation. Nothing was changed: that takes the person’s click.',
      proposal: {
        wish: { kind: 'mute', backendId: from, alertKind: kind, on: muted },
        reason: plainText(why, 1_000),
      },
    };
  },
});

export const proposePriceAlert = defineTool({
  name: 'propose_price_alert',
  description:
    'Puts a card into the conversation by which the person can be told once when a price is reached. Sets nothing, and trades nothing.',
  parameters: z.object({
    symbol: priceAlertText.shape.symbol,
    condition: priceCondition,
    severity: severity.exclude(['critical']).default('medium'),
    reason,
  }),
  run({ symbol, condition, severity: grave, reason: why }, { desk }) {
    if ([...desk.entries('priceAlerts')].length >= MOST_PRICE_ALERTS)
      throw new ToolRefusal('There are as many price alerts as there can be.');
    const practice = isPracticeOnly([...desk.entries('backends')].map(([, backend]) => backend));
    return {
      text: 'A card was put into the conversation. Nothing was set: that takes the person’s click.',
      proposal: {
        wish: { kind: 'price-alert', symbol: plainText(symbol, 60), practice, condition, severity: grave },
        reason: plainText(why, 1_000),
      },
    };
  },
});
