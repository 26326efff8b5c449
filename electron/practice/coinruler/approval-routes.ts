import { json } from './answer.ts';
import { createByClient, executeApproval, patchApproval, pendingApprovals } from './approvals.ts';
import type { Coinruler } from './context.ts';
import type { Route } from './http-server.ts';
import { setKillSwitch } from './kill-switch.ts';
import { pendingCodes, requestCode, verifyCode } from './mfa.ts';

/** Sections 4.1 to 4.3 of the protocol sheet. */
export const approvalRoutes = (desk: Coinruler): Route[] => [
  { method: 'GET', path: '/approvals', run: () => json(pendingApprovals(desk, 20)) },
  {
    method: 'GET',
    path: '/approvals/pending',
    run() {
      const items = pendingApprovals(desk, 50);
      return json({ count: items.length, items });
    },
  },
  { method: 'POST', path: '/approvals', run: ({ body }) => createByClient(desk, body) },
  {
    method: 'PATCH',
    path: '/approvals/:id',
    owner: true,
    run: ({ params: [id = ''], body }) => patchApproval(desk, id, body.status, body.actedBy),
  },
  {
    method: 'POST',
    path: '/approvals/:id/execute',
    owner: true,
    run: ({ params: [id = ''], body }) => executeApproval(desk, id, body.mfaCode),
  },
  {
    method: 'POST',
    path: '/mfa/request',
    owner: true,
    run({ body: { tradeId, type, asset, quantity, estimatedValueUSD } }) {
      return desk.unit.commit(() => {
        const details = { type, asset, quantity, estimatedValueUSD };
        const { expiresAt } = requestCode(desk, tradeId, details);
        // The code is stored before this falls over, as on the real server.
        if (typeof estimatedValueUSD !== 'number')
          throw new TypeError("Cannot read properties of undefined (reading 'toFixed')");
        return json({ ok: true, expiresAt, message: 'Check terminal for verification code' });
      });
    },
  },
  {
    method: 'POST',
    path: '/mfa/verify',
    owner: true,
    run({ body }) {
      return desk.unit.commit(() => {
        const error = verifyCode(desk, body.tradeId, body.code);
        return error === null
          ? json({ ok: true, message: 'MFA verified' })
          : { kind: 'json', status: 403, body: { error } };
      });
    },
  },
  {
    method: 'GET',
    path: '/mfa/pending',
    owner: true,
    run() {
      const items = pendingCodes(desk);
      return json({ count: items.length, items });
    },
  },
  { method: 'GET', path: '/kill-switch', run: () => json(desk.state.killSwitch) },
  { method: 'POST', path: '/kill-switch', owner: true, run: ({ body }) => setKillSwitch(desk, body) },
];
