import { z } from 'zod';

import { severity } from '#shared/domain/alerts/alert.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { journalQuery } from '#shared/domain/journal/journal.ts';
import { compare } from '#shared/money.ts';
import { HOUR_MS, SECOND_MS } from '#shared/time.ts';

import { citationOf, counted } from './citation.ts';
import { readApprovals } from './read-approvals.ts';
import { answerOf, isoOf, told } from './rows.ts';
import type { Tool } from './tool.ts';
import { defineTool } from './tool.ts';

const limit = z.number().int().min(1).max(50).default(20);
const text = z.string().max(100).default('');
const backendId = z.string().max(80).optional().describe('Only this backend, by its id.');

const SEVERITIES = severity.options;

const readDesk = defineTool({
  name: 'read_desk',
  description:
    'Backends with the state of their links and the age of their data, halts, and whether PANIC is on.',
  parameters: z.object({}),
  run(_args, { desk, nowMs }) {
    const panic = desk.get('panic', 'panic');
    const rows = [...desk.entries('backends')].map(([id, config]) => ({
      id,
      name: told(config.name),
      kind: config.kind,
      practice: config.practice,
      enabled: config.enabled,
      halted: desk.get('killSwitches', id)?.enabled ?? null,
      haltReason: told(desk.get('killSwitches', id)?.reason),
      links: [...desk.entries('links')]
        .filter(([, link]) => link.backendId === id)
        .map(([, { label, state, dataAtMs }]) => ({
          label,
          state: state.kind,
          cause: 'cause' in state ? told(state.cause.message) : null,
          dataAgeSeconds: dataAtMs === null ? null : Math.round((nowMs() - dataAtMs) / SECOND_MS),
        })),
    }));
    return {
      text: answerOf(
        { panic: panic?.kind === 'latched' ? 'ON: everything that adds risk is refused' : 'off' },
        rows,
      ),
      citation: citationOf(
        rows.length === 1 ? 'The state of one backend' : `The state of ${rows.length} backends`,
        rows,
        ({ id, name }) => ({ label: name ?? id, place: 'settings', itemId: id }),
      ),
    };
  },
});

const readPortfolio = defineTool({
  name: 'read_portfolio',
  description:
    'Total value a backend, and holdings with quantity, price and value in US dollars, largest first.',
  parameters: z.object({ backendId }),
  run({ backendId: only }, { desk }) {
    const isAsked = (id: string): boolean => only === undefined || id === only;
    const totals = [...desk.entries('portfolios')]
      .filter(([id]) => isAsked(id))
      .map(([id, one]) => ({
        backendId: id,
        practice: desk.get('backends', id)?.practice ?? false,
        totalUsd: one.totalUsd,
        change24hPct: one.change24hPct,
        at: isoOf(one.receivedAtMs),
      }));
    const holdings = [...desk.entries('holdings')]
      .map(([, one]) => one)
      .filter((one) => isAsked(one.backendId))
      .sort((a, b) => compare(b.valueUsd ?? '0', a.valueUsd ?? '0'));
    const rows = holdings.map((one) => ({
      backendId: one.backendId,
      asset: told(one.asset),
      quantity: one.quantity,
      priceUsd: one.priceUsd,
      valueUsd: one.valueUsd,
      change24hPct: one.change24hPct,
      at: isoOf(one.updatedAtMs),
    }));
    return {
      text: answerOf({ totals: totals.slice(0, 40) }, rows),
      citation: citationOf(counted(rows.length, 'holding'), holdings, ({ asset }) => ({
        label: asset,
        place: 'portfolio',
        itemId: asset,
      })),
    };
  },
});

const readAlerts = defineTool({
  name: 'read_alerts',
  description: 'The newest alerts of all backends, newest first.',
  parameters: z.object({ backendId, leastSeverity: severity.default('low'), text, limit }),
  run(asked, { desk }) {
    const least = SEVERITIES.indexOf(asked.leastSeverity);
    const found = [...desk.entries('alerts')]
      .map(([, alert]) => alert)
      .filter(
        (one) =>
          (asked.backendId === undefined || one.backendId === asked.backendId) &&
          SEVERITIES.indexOf(one.severity) >= least &&
          holds([one.message, one.kind, one.instrument], asked.text),
      )
      .sort((a, b) => b.receivedAtMs - a.receivedAtMs);
    const shown = found.slice(0, asked.limit);
    const rows = shown.map((one) => ({
      backendId: one.backendId,
      kind: told(one.kind),
      severity: one.severity,
      instrument: told(one.instrument),
      message: told(one.message),
      count: one.count,
      acknowledged: one.acknowledgedAtMs !== null,
      at: isoOf(one.receivedAtMs),
    }));
    return {
      text: answerOf({}, rows, found.length),
      citation: citationOf(counted(rows.length, 'alert'), shown, (one) => ({
        label: one.message,
        place: 'alerts',
        itemId: entryKey(one.backendId, one.id),
      })),
    };
  },
});

const readTrades = defineTool({
  name: 'read_trades',
  description: 'The newest orders and fills of all backends, newest first.',
  parameters: z.object({ backendId, instrument: z.string().max(40).default(''), limit }),
  run(asked, { desk }) {
    const found = [...desk.entries('trades')]
      .map(([, trade]) => trade)
      .filter(
        (one) =>
          (asked.backendId === undefined || one.backendId === asked.backendId) &&
          holds([one.instrument], asked.instrument),
      )
      .sort((a, b) => b.receivedAtMs - a.receivedAtMs);
    const shown = found.slice(0, asked.limit);
    const rows = shown.map((one) => ({
      backendId: one.backendId,
      side: one.side,
      instrument: told(one.instrument),
      quantity: one.quantity,
      averagePrice: one.averagePrice,
      status: one.status,
      origin: told(one.origin),
      realisedPnlUsd: one.realisedPnlUsd,
      at: isoOf(one.occurredAtMs ?? one.receivedAtMs),
    }));
    return {
      text: answerOf({}, rows, found.length),
      citation: citationOf(counted(rows.length, 'trade'), shown, (one) => ({
        label: `${one.side} ${one.quantity ?? ''} ${one.instrument ?? ''}`,
        place: 'portfolio',
        itemId: one.instrument,
      })),
    };
  },
});

const readModels = defineTool({
  name: 'read_models',
  description: 'Trading models with status and return, and the newest runs.',
  parameters: z.object({ backendId }),
  run({ backendId: only }, { desk }) {
    const models = [...desk.entries('models')]
      .map(([, one]) => one)
      .filter((one) => only === undefined || one.backendId === only);
    const rows = models.map((one) => ({
      backendId: one.backendId,
      id: one.id,
      name: told(one.name),
      status: one.status,
      note: told(one.statusNote),
      portfolioValue: one.portfolioValue,
      returnPct: one.returnPct,
      tradesToday: one.tradesToday,
      lastError: told(one.lastError),
      lastEventAt: isoOf(one.lastEventAtMs),
    }));
    const runs = [...desk.entries('runs')]
      .map(([, one]) => one)
      .filter((one) => only === undefined || one.backendId === only)
      .sort((a, b) => (b.startedAtMs ?? 0) - (a.startedAtMs ?? 0))
      .slice(0, 15)
      .map((one) => ({
        backendId: one.backendId,
        modelId: one.modelId,
        status: one.status,
        period: told(one.period),
        trades: one.trades,
        returnPct: one.returnPct,
        startedAt: isoOf(one.startedAtMs),
      }));
    return {
      text: answerOf({ newestRuns: runs }, rows),
      citation: citationOf(counted(rows.length, 'model'), models, (one) => ({
        label: one.name,
        place: 'models',
        itemId: entryKey(one.backendId, one.id),
      })),
    };
  },
});

const readLimits = defineTool({
  name: 'read_limits',
  description: 'The limits that the person set on decisions. null is off.',
  parameters: z.object({}),
  run(_args, { limits }) {
    const { byBackend, quantities, ...general } = limits();
    return {
      text: answerOf(
        { limits: { ...general }, backendsWithTheirOwn: Object.keys(byBackend) },
        quantities.map((one) => ({ ...one })),
      ),
      citation: citationOf('Your limits', ['Limits'], (label) => ({
        label,
        place: 'settings',
        itemId: 'limits',
      })),
    };
  },
});

const searchJournal = defineTool({
  name: 'search_journal',
  description:
    'Full-text search over everything that happened and was decided, newest first. Empty text: the newest of the last hours.',
  parameters: z.object({
    text,
    backendId,
    lastHours: z
      .number()
      .min(0.1)
      .max(24 * 366)
      .default(24),
    limit,
  }),
  async run(asked, { journal, nowMs }) {
    const found = await journal.search(
      journalQuery.parse({
        text: asked.text,
        backendId: asked.backendId ?? null,
        fromMs: Math.max(0, Math.round(nowMs() - asked.lastHours * HOUR_MS)),
        limit: asked.limit,
      }),
    );
    const rows = found.map(({ seq, atMs, kind, backendId: id, severity: grave, summary }) => ({
      number: seq,
      at: isoOf(atMs),
      kind,
      backendId: id,
      severity: grave,
      summary: told(summary),
    }));
    return {
      text: answerOf({}, rows),
      citation: citationOf(`${counted(rows.length, 'line')} of the journal`, found, ({ seq, summary }) => ({
        label: summary,
        place: 'journal',
        itemId: String(seq),
      })),
    };
  },
});

/** What a model may read of the desk: bounded in rows and characters, cleaned and redacted. */
export const readTools: readonly Tool[] = [
  readDesk,
  readPortfolio,
  readApprovals,
  readAlerts,
  readTrades,
  readModels,
  readLimits,
  searchJournal,
];

function holds(texts: readonly (string | null)[], wanted: string): boolean {
  const lower = wanted.trim().toLowerCase();
  return lower === '' || texts.some((one) => one?.toLowerCase().includes(lower));
}
