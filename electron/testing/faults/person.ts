import type { Command, CommandOrigin } from '#shared/domain/command.ts';

import type { Random } from '../../practice/random.ts';
import type { Glance } from './messages.ts';
import type { Stage } from './stage.ts';

/** Somebody at the desk, and others at the servers: each does one thing, drawn from the seed, at the moments of the plan. */
export interface Person {
  act(): Promise<string>;
  /** Something that happens at a server while the desk may not hear of it; `null` where nothing of the sort can. */
  behindTheDesk(kind: string): Promise<string | null>;
}

type Gesture = (glance: Glance) => Promise<string | null>;

const ORIGINS: [CommandOrigin, ...CommandOrigin[]] = ['window', 'tray', 'notification', 'hotkey', 'palette'];
const SYMBOLS: [string, ...string[]] = ['BTC', 'ETH', 'SOL'];

export function createPerson(stage: Stage): Person {
  const random = stage.random('person');
  const { desk } = stage;
  let commands = 0;

  async function submit(kind: string, act: string, params: Command['params']): Promise<string> {
    commands += 1;
    const command: Command = {
      requestId: `person-${String(commands).padStart(4, '0')}`,
      backendId: `bot-${kind}`,
      act,
      params,
      origin: random.pick(ORIGINS),
      acceptedWarnings: [],
    };
    await desk.ask('submit', command);
    const manner = random.next();
    // A double click, and the same wish from a second window.
    if (manner < 0.15) await desk.ask('submit', command);
    else if (manner < 0.3)
      await desk.ask('submit', { ...command, requestId: `${command.requestId}-window-2` });
    return `${act} ${JSON.stringify(params)}`;
  }

  const decide =
    (act: string): Gesture =>
    async ({ pending }) => {
      const one = draw(
        pending.filter((approval) => act !== 'approval.execute' || approval.executable),
        random,
      );
      if (one === null) return null;
      const words = await submit('coinruler', act, { approvalId: one.id });
      // Somebody changes their mind, or the desk is used by two.
      if (random.chance(0.1))
        await submit('coinruler', random.pick(['approval.decline', 'approval.approve']), {
          approvalId: one.id,
        });
      return words;
    };

  const startModel: Gesture = async ({ models }) => {
    const model = draw(models, random);
    if (model === null) return null;
    const baseModel = model.aiModel ?? 'openai/gpt-4o';
    const date = '2026-02-27';
    return submit('ai-trader', 'start-intraday', {
      modelId: model.id,
      baseModel,
      symbol: 'BTC',
      date,
      session: 'regular',
    });
  };

  const stopModel: Gesture = async ({ models }) => {
    const model = draw(
      models.filter(({ status }) => status !== 'idle'),
      random,
    );
    return model === null ? null : submit('ai-trader', 'stop-model', { modelId: model.id });
  };

  const follow: Gesture = async ({ traders }) => {
    const trader = draw(traders, random);
    return trader === null
      ? null
      : submit('copy-trading', 'follow', { traderId: trader.id, amount: 100, maxTradeSize: 10 });
  };

  const unfollow: Gesture = async ({ follows }) => {
    const one = draw(follows, random);
    return one === null ? null : submit('copy-trading', 'unfollow', { traderId: one.id });
  };

  const panic: Gesture = async () => {
    await desk.ask('press', { origin: random.pick(ORIGINS), times: random.pick([1, 1, 3]) });
    return 'PANIC';
  };

  const resume: Gesture = async (glance) => {
    if (glance.panic.kind === 'clear') return null;
    await desk.ask('resume', { origin: random.pick(ORIGINS) });
    return 'resume';
  };

  const changeSettings: Gesture = async () => {
    const softValueUsd = random.pick(['100', '1000', null]);
    await desk.ask('settings', { limits: { softValueUsd, maxPriceDriftPct: random.pick(['2', null]) } });
    return `limits: soft ${softValueUsd}`;
  };

  const switchOff: Gesture = async () => {
    const kind = random.pick(nonEmpty(stage.kinds));
    if (stage.group(kind).state() === 'gone') return null;
    await stage.saveBackend(kind, false);
    for (let second = 0; second < 20; second += 1) await stage.step(1_000);
    if (stage.group(kind).state() === 'gone') return null;
    await stage.saveBackend(kind, true);
    return `${kind} switched off and on`;
  };

  /** What happens at a server without the desk. Nothing happens at one that is gone or frozen. */
  const elsewhere =
    (kind: string, name: string, body: (glance: Glance) => unknown): Gesture =>
    async (glance) => {
      const asked = body(glance);
      if (asked === null || !stage.kinds.includes(kind) || stage.group(kind).state() !== 'running')
        return null;
      await stage
        .group(kind)
        .control(name, asked)
        .catch(() => undefined);
      return `elsewhere: ${name} ${JSON.stringify(asked)}`;
    };

  const idOf = ({ pending }: Glance): { id: string } | null => {
    const one = draw(pending, random);
    return one === null ? null : { id: one.id };
  };
  const proposal = (): unknown => ({
    symbol: random.pick(SYMBOLS),
    side: random.pick(['buy', 'sell']),
    quantity: random.pick([0.01, 0.2, 1]),
    silent: random.chance(0.2),
  });

  const executeElsewhere = elsewhere('coinruler', 'executed-elsewhere', idOf);
  const declineElsewhere = elsewhere('coinruler', 'declined-elsewhere', idOf);
  const startElsewhere = elsewhere('ai-trader', 'ai-start-elsewhere', () => ({
    modelId: random.whole(1, 4),
    mode: random.pick(['intraday', 'daily']),
  }));
  const restartTraders = elsewhere('copy-trading', 'copy-restart', () => ({}));
  const unheard: Readonly<Record<string, [Gesture, ...Gesture[]]>> = {
    coinruler: [executeElsewhere, declineElsewhere, elsewhere('coinruler', 'propose', proposal)],
    'ai-trader': [startElsewhere],
    'copy-trading': [restartTraders],
  };

  const gestures: readonly [share: number, gesture: Gesture][] = [
    [10, decide('approval.approve')],
    [8, decide('approval.execute')],
    [6, decide('approval.decline')],
    [6, startModel],
    [4, stopModel],
    [6, follow],
    [3, unfollow],
    [4, panic],
    [5, resume],
    [2, changeSettings],
    [1, switchOff],
    [8, elsewhere('coinruler', 'propose', proposal)],
    [2, executeElsewhere],
    [2, declineElsewhere],
    [
      1,
      elsewhere('coinruler', 'kill-switch', () => ({
        enabled: random.chance(0.5),
        reason: 'elsewhere',
        setBy: random.pick(['owner', 'system:auto-recovery']),
      })),
    ],
    [
      2,
      elsewhere('coinruler', 'alert', () => ({
        severity: random.pick(['info', 'critical']),
        message: `Alert ${random.whole(1, 999)}`,
      })),
    ],
    [2, startElsewhere],
    [2, restartTraders],
  ];
  const total = gestures.reduce((sum, [share]) => sum + share, 0);

  return {
    async behindTheDesk(kind) {
      const glance = await desk.ask('glance', null);
      const gesture = unheard[kind];
      return glance === null || gesture === undefined ? null : random.pick(gesture)(glance);
    },
    async act() {
      const glance = await desk.ask('glance', null);
      if (glance === null) return 'nobody: the desk is not running';
      for (let tries = 0; tries < 4; tries += 1) {
        let at = random.between(0, total);
        const [, gesture] = gestures.find(([share]) => (at -= share) < 0) ?? gestures[0] ?? [];
        const words = (await gesture?.(glance)) ?? null;
        if (words !== null) return words;
      }
      return 'looks on';
    },
  };
}

const draw = <T>(list: readonly T[], random: Random): T | null =>
  list[random.whole(0, list.length - 1)] ?? null;

function nonEmpty(list: readonly string[]): [string, ...string[]] {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('no servers');
  return [first, ...rest];
}
