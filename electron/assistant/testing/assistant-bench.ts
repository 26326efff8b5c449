import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Answerer, AssistantEvent, ChatTurn, Conversation } from '#shared/domain/assistant/assistant.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import type { SettingsChange } from '#shared/domain/settings/settings.ts';

import type { ChatPort } from '../../backends/port.ts';
import type { ManualClock } from '../../lib/clock.ts';
import type { CommandDoor } from '../../commands/port.ts';
import { createDesk } from '../../desk/desk.ts';
import type { DeskPort } from '../../desk/port.ts';
import type { JournalPort } from '../../journal/port.ts';
import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { openSettings } from '../../settings/settings-store.ts';
import { deriveKey } from '../../lib/testing/derive-key.ts';
import { openVault } from '../../vault/vault.ts';
import { createAssistant } from '../assistant.ts';
import { openConversations } from '../conversations/store.ts';

export const MODEL: Answerer = { kind: 'model' };

/** The assistant with real files, a real server beside it, and a clock that a test moves. */
export function startAssistantBench(
  given: {
    folder?: string;
    clock?: ManualClock;
    chat?: ChatPort;
    desk?: DeskPort;
    door?: Pick<CommandDoor, 'check'>;
    journal?: Pick<JournalPort, 'search'>;
  } = {},
) {
  const folder = given.folder ?? mkdtempSync(join(tmpdir(), 'quarterdeck-assistant-'));
  const clock = given.clock ?? createManualClock();
  const log = silentLogger;
  const settings = openSettings({ folder, clock, log });
  const cipher = {
    unavailable: () => null,
    encrypt: (text: string) => Buffer.from(text.split('').reverse().join('')),
    decrypt: (bytes: Buffer) => bytes.toString().split('').reverse().join(''),
  };
  const vault = openVault({ folder, cipher, deriveKey, clock, log });
  const events: AssistantEvent[] = [];
  const priceAlerts: PriceAlertText[] = [];
  const waiting = new Set<() => void>();
  let nextId = 0;
  const assistant = createAssistant({
    store: openConversations({ folder, clock, log }),
    fleet: {
      get: () =>
        given.chat === undefined
          ? undefined
          : ({ chat: given.chat, config: { name: 'Bot' } } as ReturnType<
              Parameters<typeof createAssistant>[0]['fleet']['get']
            >),
    },
    settings,
    vault,
    clock,
    log,
    newId: () => `id-${String((nextId += 1)).padStart(8, '0')}-${clock.now()}`,
    desk: given.desk ?? createDesk(log),
    journal: given.journal ?? { search: () => Promise.resolve([]) },
    door: given.door ?? { check: () => [] },
    changeLimits: (limits) => void settings.change({ limits }),
    changeMutedKinds: (mutedKinds) => void settings.change({ attentionPolicy: { mutedKinds } }),
    setPriceAlert(alert) {
      priceAlerts.push(alert);
      return Promise.resolve(null);
    },
    push(event) {
      events.push(event);
      for (const look of waiting) look();
    },
  });

  /** Waits for a fact that an event tells. */
  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }

  return {
    assistant,
    clock,
    events,
    priceAlerts,
    folder,
    settings,
    vault,
    until,
    setUp(address: string, more: SettingsChange['assistant'] = {}) {
      settings.change({
        assistant: { enabled: true, address, model: 'test-model', noticedAddress: address, ...more },
      });
    },
    /** Asks and waits for the end of the answer, moving the clock by nothing. */
    async ask(
      question: string,
      { id = 'conversation-1', parentId = null as string | null, answerer = MODEL } = {},
    ) {
      const turnId = `question-${String((nextId += 1))}`;
      const from = events.length;
      assistant.ask({ conversationId: id, answerer, parentId, turnId, question });
      return this.ended(from);
    },
    ended: (from: number): Promise<ChatTurn> =>
      until(() => {
        for (const event of events.slice(from))
          if (event.kind === 'turn' && event.turn.role === 'assistant' && event.turn.end !== 'under-way')
            return event.turn;
        return undefined;
      }),
    read: (id = 'conversation-1'): Conversation => assistant.open(id),
    stop() {
      assistant.dispose();
      vault.close();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type AssistantBench = ReturnType<typeof startAssistantBench>;
