import type { Activity } from '#shared/domain/bots/activity.ts';
import type { Severity } from '#shared/domain/alerts/alert.ts';
import { parseJson } from '#shared/json.ts';
import { toDecimal } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import type { MessageVerdict } from '../../connections/port.ts';
import { stamped } from '../../connections/port.ts';
import { factsOf, plainText } from '../../lib/clean.ts';
import { createSeen } from '../../lib/recent.ts';
import { contentId } from '../kit/content-id.ts';
import { DATA, KEEP_ALIVE, rejected } from '../kit/verdict.ts';
import type { BackendContext } from '../port.ts';
import { mapEnd } from './alerts.ts';
import type { Book } from './book.ts';
import type { WireEvent } from './protocol.ts';
import { wireEvent } from './protocol.ts';

/** The eleven types (§5) and how much they matter. What is not among them is passed over. */
const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['status', 'low'],
  ['session_start', 'low'],
  ['thinking', 'low'],
  ['ai_response', 'low'],
  ['tool_use', 'low'],
  ['trade', 'medium'],
  ['progress', 'low'],
  ['terminal', 'low'],
  ['session_complete', 'low'],
  ['complete', 'medium'],
  ['error', 'high'],
]);

/** Says in which run something was said. */
const RUN_FACT = 'run id';

export interface EventParts {
  backendId: string;
  now: () => number;
  emit: BackendContext['emit'];
  book: Book;
  /** What an event can only announce has to be read. */
  onAnnounced(modelId: string, what: 'trade' | 'complete' | 'error'): void;
}

/** Takes one message of one model's stream: applies it, or says why it could not. Never throws on bad input (D5). */
export function createEvents(parts: EventParts): (modelId: string, text: string) => MessageVerdict {
  const { backendId, now, emit, book, onAnnounced } = parts;
  const seen = createSeen(5_000);

  function take(modelId: string, text: string): MessageVerdict {
    const parsed = wireEvent.safeParse(parseJson(text));
    if (!parsed.success) return rejected('not an event');
    const event = parsed.data;
    if (event.type === 'connected')
      return (event.model_id ?? modelId) === modelId ? KEEP_ALIVE : rejected('the stream of another model');
    return stamped(apply(modelId, event), sentAtMs(event.timestamp));
  }

  function apply(modelId: string, event: WireEvent): MessageVerdict {
    const severity = SEVERITIES.get(event.type);
    if (severity === undefined) return rejected('unknown event');
    if (event.data === undefined) return rejected(`${event.type}: nothing in it`);
    const id = contentId([modelId, event.type, event.timestamp, event.data]);
    // §7.4: the last event comes again from the store after a quiet second.
    if (!seen.add(id)) return KEEP_ALIVE;

    const activity = activityOf(event, event.data, { id, modelId, severity });
    emit({ type: 'feed', slice: 'activity', backendId, entries: [activity] });
    book.heard(modelId, newsOf(event, event.data, activity));
    if (event.type === 'trade') takeTrade(activity, event.data);
    if (event.type === 'error' || event.type === 'complete') {
      const reason = activity.message;
      emit({
        type: 'alert',
        alert: mapEnd({
          id,
          outcome: event.type === 'error' ? 'failed' : 'completed',
          modelId,
          modelName: activity.subjectName,
          reason,
          facts: activity.facts.filter(({ name }) => name !== RUN_FACT),
          serverTime: activity.serverTime,
          backendId,
          nowMs: now(),
        }),
      });
    }
    if (event.type === 'trade' || event.type === 'error' || event.type === 'complete')
      onAnnounced(modelId, event.type);
    return DATA;
  }

  function newsOf(
    event: WireEvent,
    data: Record<string, unknown>,
    activity: Activity,
  ): Parameters<Book['heard']>[1] {
    if (event.type === 'error') return { error: activity.message, ended: true };
    if (event.type === 'complete') return { progress: { pct: 100, at: null }, ended: true };
    const progress = data.progress;
    if (event.type !== 'progress' || typeof progress !== 'number' || !Number.isFinite(progress)) return {};
    return { progress: { pct: Math.min(100, Math.max(0, progress)), at: event.timestamp ?? null } };
  }

  function activityOf(
    event: WireEvent,
    data: Record<string, unknown>,
    { id, modelId, severity }: { id: string; modelId: string; severity: Severity },
  ): Activity {
    const { message, symbol, ...rest } = data;
    const facts = factsOf(rest, 300).slice(0, 19);
    // The server does not say of which run it tells; a session inside the server is none.
    const inRun = { name: RUN_FACT, value: book.runUnderWay(modelId) ?? 'none' };
    return {
      backendId,
      id,
      subject: modelId,
      subjectName: book.name(modelId),
      kind: event.type,
      severity,
      symbol: plainText(symbol, 20) || null,
      message: plainText(message, 2_000) || event.type,
      facts: [...facts, inRun],
      serverTime: plainText(event.timestamp, 40) || null,
      occurredAtMs: parseIsoMs(event.timestamp),
      receivedAtMs: now(),
    };
  }

  /** Only what names symbol, quantity and price was executed; the rest is the model's announcement (§5). Shown once: it has the activity's id. */
  function takeTrade(activity: Activity, data: Record<string, unknown>): void {
    const quantity = toDecimal(data.amount);
    const price = toDecimal(data.price);
    const { action } = data;
    if (activity.symbol === null || quantity === null || price === null) return;
    if (action !== 'buy' && action !== 'sell') return;
    emit({
      type: 'trade',
      trade: {
        backendId,
        id: activity.id,
        side: action,
        instrument: activity.symbol,
        quantity,
        filledQuantity: quantity,
        averagePrice: price,
        status: 'simulated',
        rawStatus: null,
        orderId: null,
        approvalId: null,
        origin: activity.subjectName ?? `model ${activity.subject ?? ''}`,
        realisedPnlUsd: null,
        occurredAtMs: activity.occurredAtMs,
        receivedAtMs: activity.receivedAtMs,
      },
    });
  }

  return take;
}

/** Its times carry no zone (§7.2): taken for UTC, which makes the zone a part of the clocks' offset. */
const sentAtMs = (timestamp: string | undefined): number | null =>
  timestamp === undefined ? null : (parseIsoMs(timestamp) ?? Date.parse(`${timestamp}Z`));
