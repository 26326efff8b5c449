import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import type { Coinruler } from './context.ts';
import { nowIso } from './context.ts';

/** The bot is halted as long as this holds. Anything may be stored there, so truth is what the server itself goes by. */
export const isHalted = (desk: Coinruler): boolean => Boolean(desk.state.killSwitch.enabled);

/** Nothing is validated: what is missing is stored as `null`, and missing in answer and event (sheet, section 4.3). */
export function setKillSwitch(
  desk: Coinruler,
  wanted: { enabled?: unknown; reason?: unknown; setBy?: unknown },
): Answer {
  return desk.unit.commit(() => {
    const { enabled, reason, setBy } = wanted;
    const timestamp = nowIso(desk);
    desk.state.killSwitch = {
      enabled: enabled ?? null,
      reason: reason ?? null,
      timestamp,
      setBy: setBy ?? null,
      _id: desk.state.killSwitch._id,
    };
    const told = { enabled, reason, timestamp, setBy };
    desk.unit.tell('killswitch:changed', told);
    return json(told);
  });
}
