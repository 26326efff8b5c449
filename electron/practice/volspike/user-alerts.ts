import { z } from 'zod';

import type { Accounts } from './accounts.ts';
import { userRoutes } from './bearer.ts';
import type { Volspike } from './context.ts';
import { nowIso } from './context.ts';
import type { UserAlert } from './documents.ts';
import { deliveryMethod, userAlertType } from './documents.ts';
import { findContract } from './figures.ts';
import type { Answer, Route } from './http-server.ts';
import { failure, ok } from './http-server.ts';
import { TIERS } from './tiers.ts';

interface Crossing {
  currentValue: number;
  previousValue: number;
  crossedUp: boolean;
}

/** Threshold alerts (sheet, 4.3). They fire once; `told` goes to the user's sockets after it is saved. */
interface UserAlerts {
  routes: Route[];
  /** Compares each active one with the practice market and fires those that were crossed. */
  check(): void;
}

export function createUserAlerts(
  desk: Volspike,
  accounts: Accounts,
  told: (payload: Record<string, unknown>) => void,
): UserAlerts {
  const { figures, state, unit } = desk;
  const own = userRoutes(accounts);

  function valueOf({ symbol, alertType }: UserAlert): number | null {
    const contract = findContract(symbol);
    if (contract === undefined) return null;
    switch (alertType) {
      case 'PRICE_CROSS':
        return figures.price(contract);
      case 'FUNDING_CROSS':
        return figures.fundingRate(contract);
      case 'OI_CROSS':
        return figures.openInterestUsd(contract);
    }
  }

  function check(): void {
    for (const alert of state.userAlerts) {
      const current = alert.isActive ? valueOf(alert) : null;
      if (current === null || current === alert.lastCheckedValue) continue;
      const previous = alert.lastCheckedValue;
      alert.lastCheckedValue = current;
      alert.lastCheckedAt = nowIso(desk);
      unit.touch();
      if (previous === null) continue;
      const { threshold } = alert;
      const crossedUp = previous < threshold && current >= threshold;
      const crossedDown = previous > threshold && current <= threshold;
      if (crossedUp || crossedDown)
        fire(alert, { currentValue: current, previousValue: previous, crossedUp });
    }
  }

  function fire(alert: UserAlert, { currentValue, previousValue, crossedUp }: Crossing): void {
    const atIso = nowIso(desk);
    unit.commit(() =>
      Object.assign(alert, {
        isActive: false,
        lastCheckedValue: currentValue,
        lastCheckedAt: atIso,
        triggeredCount: alert.triggeredCount + 1,
        triggeredAt: atIso,
        triggeredValue: currentValue,
        updatedAt: atIso,
      }),
    );
    const { id, symbol, alertType, threshold } = alert;
    const written = (value: number): string => WRITTEN[alertType](value);
    told({
      id,
      symbol,
      alertType,
      alertTypeName: NAMES[alertType],
      threshold,
      thresholdFormatted: written(threshold),
      currentValue,
      currentValueFormatted: written(currentValue),
      previousValue,
      previousValueFormatted: written(previousValue),
      crossedUp,
      direction: crossedUp ? 'above' : 'below',
      timestamp: atIso,
    });
  }

  function create(body: unknown): Answer {
    const parsed = createBody.safeParse(body);
    if (!parsed.success) return failure(400, 'Invalid alert data', { details: parsed.error.issues });
    const { alertType, threshold, deliveryMethod: delivery, lastCheckedValue } = parsed.data;
    const symbol = parsed.data.symbol.toUpperCase();
    const { tier } = state.user;
    const { userAlerts: limit } = TIERS[tier];
    const active = state.userAlerts.filter(({ isActive }) => isActive);
    if (tier === 'free' && delivery !== 'DASHBOARD')
      return failure(403, 'Email delivery requires Pro or Elite tier');
    if (active.length >= limit)
      return failure(403, `Alert limit reached for ${tier} tier`, { limit, current: active.length });
    const isSame = (one: UserAlert): boolean =>
      one.symbol === symbol && one.alertType === alertType && one.threshold === threshold;
    if (active.some(isSame)) return failure(409, 'An active alert with the same threshold exists');
    const atIso = nowIso(desk);
    const alert: UserAlert = {
      id: desk.newId(),
      userId: state.user.id,
      symbol,
      alertType,
      threshold,
      lastCheckedValue: lastCheckedValue ?? null,
      lastCheckedAt: null,
      deliveryMethod: delivery,
      isActive: true,
      triggeredCount: 0,
      triggeredAt: null,
      triggeredValue: null,
      createdAt: atIso,
      updatedAt: atIso,
    };
    unit.commit(() => state.userAlerts.push(alert));
    return { status: 201, body: alert };
  }

  const withAlert = (id: string | undefined, run: (alert: UserAlert) => Answer): Answer => {
    const alert = state.userAlerts.find((one) => one.id === id);
    return alert === undefined ? failure(404, 'Alert not found') : run(alert);
  };

  function change(alert: UserAlert, changes: Partial<UserAlert>): Answer {
    unit.commit(() => Object.assign(alert, changes, { updatedAt: nowIso(desk) }));
    return ok(alert);
  }

  return {
    check,
    routes: [
      own('GET', '/api/user-alerts', ({ query }) => {
        const active = query.get('active');
        const symbol = query.get('symbol');
        const alerts = state.userAlerts.filter(
          (one) =>
            (active === null || one.isActive === (active === 'true')) &&
            (symbol === null || one.symbol === symbol),
        );
        return ok({ alerts: alerts.toReversed() });
      }),
      own('POST', '/api/user-alerts', ({ body }) => create(body)),
      own('PUT', '/api/user-alerts/:id', ({ params: [id], body }) =>
        withAlert(id, (alert) => {
          const parsed = changeBody.safeParse(body);
          if (!parsed.success) return failure(400, 'Invalid alert data', { details: parsed.error.issues });
          const { threshold = alert.threshold, deliveryMethod: delivery = alert.deliveryMethod } =
            parsed.data;
          return change(alert, { threshold, deliveryMethod: delivery });
        }),
      ),
      own('DELETE', '/api/user-alerts/:id', ({ params: [id] }) =>
        withAlert(id, (alert) => {
          unit.commit(() => state.userAlerts.splice(state.userAlerts.indexOf(alert), 1));
          return ok({ success: true });
        }),
      ),
      own('POST', '/api/user-alerts/:id/reactivate', ({ params: [id] }) =>
        withAlert(id, (alert) => change(alert, { isActive: true, lastCheckedValue: null })),
      ),
      {
        method: 'POST',
        path: '/api/user-alerts-trigger/trigger',
        run({ body }) {
          const parsed = triggerBody.safeParse(body);
          if (!parsed.success) return failure(400, 'Invalid request');
          // The key is a member of the body here (sheet, section 3).
          if (parsed.data.apiKey !== state.ingestKey) return failure(401, 'Unauthorized');
          return withAlert(parsed.data.alertId, (alert) => {
            if (!alert.isActive) return failure(400, 'Alert is not active');
            fire(alert, parsed.data);
            return ok({ success: true, alert });
          });
        },
      },
    ],
  };
}

const NAMES: Record<UserAlert['alertType'], string> = {
  PRICE_CROSS: 'Price Cross',
  FUNDING_CROSS: 'Funding Rate Cross',
  OI_CROSS: 'Open Interest Cross',
};
const WRITTEN: Record<UserAlert['alertType'], (value: number) => string> = {
  PRICE_CROSS: (value) => `$${value.toLocaleString('en-US', { maximumFractionDigits: 6 })}`,
  FUNDING_CROSS: (value) => `${(value * 100).toFixed(4)}%`,
  OI_CROSS: (value) => `$${(value / 1e6).toFixed(2)}M`,
};

const createBody = z.object({
  symbol: z.string().min(1).max(40),
  alertType: userAlertType,
  // Which is why no negative funding can be watched (sheet, 4.3).
  threshold: z.number().positive(),
  deliveryMethod: deliveryMethod.default('DASHBOARD'),
  lastCheckedValue: z.number().optional(),
});
const changeBody = z.object({
  threshold: z.number().positive().optional(),
  deliveryMethod: deliveryMethod.optional(),
});
const triggerBody = z.object({
  alertId: z.string(),
  symbol: z.string(),
  currentValue: z.number(),
  previousValue: z.number(),
  crossedUp: z.boolean(),
  apiKey: z.string(),
});
