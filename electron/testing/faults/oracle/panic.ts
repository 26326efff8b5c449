import { z } from 'zod';

import type { LedgerLine } from '../ledger.ts';
import type { Ending } from '../play.ts';
import type { Violation } from './violation.ts';
import type { WireLog } from './wire-log.ts';
import { addsRisk } from './wire-log.ts';

/** K3, K4, K6: nothing that adds risk is sent while latched, the latch outlives every crash, and halted means halted. */
export function judgePanic(ledger: readonly LedgerLine[], wire: WireLog, ending: Ending): Violation[] {
  return [...nothingSent(ledger, wire), ...outlives(ledger), ...inForce(ending)];
}

/** Places in the ledger between a press and the resume that ended it. */
function latchedAt(ledger: readonly LedgerLine[]): boolean[] {
  let latched = false;
  let isKept = false;
  let life = 0;
  return ledger.map((line) => {
    if (line.life !== life) {
      life = line.life;
      // What no disk had taken yet may be gone with the process.
      if (!isKept) latched = false;
    }
    if (line.kind === 'press' && line.toRequestMs === null) latched = true;
    if (line.kind === 'panic') {
      isKept = line.state.kind === 'latched' && line.state.durable;
      if (line.state.kind === 'latched') latched = true;
    }
    if (line.kind === 'resume-answered' && line.resumed) latched = false;
    return latched;
  });
}

function nothingSent(ledger: readonly LedgerLine[], wire: WireLog): Violation[] {
  const latched = latchedAt(ledger);
  return wire.all.flatMap((request): Violation[] => {
    if (latched[request.index] !== true || !addsRisk(request)) return [];
    const { method, path, of } = request.made;
    return [
      { promise: 'K3', words: `${method} ${path} was sent for ${of ?? 'nobody'} while PANIC was latched` },
    ];
  });
}

/** A latch that was on the disk is there again after the next start, unless the resume was asked for in between. */
function outlives(ledger: readonly LedgerLine[]): Violation[] {
  const violations: Violation[] = [];
  let kept: { id: string } | null = null;
  let resuming = false;
  let life = 0;
  let isNew = false;
  for (const line of ledger) {
    if (line.life !== life) {
      life = line.life;
      isNew = true;
    }
    if (line.kind === 'resume-asked') resuming = true;
    if (line.kind === 'resume-answered') resuming = false;
    if (line.kind === 'panic') {
      if (isNew && kept !== null && !resuming && line.state.kind !== 'latched')
        violations.push({
          promise: 'K6',
          words: `${kept.id} was latched on the disk and is not after start ${life}`,
        });
      isNew = false;
      resuming = false;
      kept = line.state.kind === 'latched' && line.state.durable ? { id: line.state.id } : null;
    }
  }
  return violations;
}

const truthSchema = z.object({
  killSwitch: z.object({ enabled: z.boolean() }),
  aiModels: z.array(z.object({ id: z.number(), active: z.boolean(), agent: z.string().nullable() })),
  copyTrading: z.object({ follows: z.array(z.object({ trader: z.string() })) }),
});

/** Where the desk says "confirmed", the server itself has to be halted. */
function inForce({ latched }: Ending): Violation[] {
  if (latched?.desk.panic.kind !== 'latched') return [];
  return latched.desk.panic.targets.flatMap(({ backendId, state }): Violation[] => {
    const kind = backendId.slice('bot-'.length);
    const truth = truthSchema.parse(latched.truths.get(kind));
    if (state !== 'confirmed') return [];
    const works =
      kind === 'coinruler'
        ? !truth.killSwitch.enabled
        : kind === 'ai-trader'
          ? truth.aiModels.some(({ active }) => active)
          : kind === 'copy-trading' && truth.copyTrading.follows.length > 0;
    return works ? [{ promise: 'K4', words: `${backendId} is called halted, and goes on` }] : [];
  });
}
