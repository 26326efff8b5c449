import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type {
  ChatTurn,
  Conversation,
  ConversationSummary,
  FoundConversation,
} from '#shared/domain/assistant/assistant.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { setAside } from '../../lib/set-aside.ts';
import type { ConversationStore } from '../port.ts';
import { readSummary, readTurn, restOf } from './rows.ts';
import { isUnreadable, openDatabase } from './schema.ts';
import { ftsQuery, snippetOf } from './search.ts';

/** What is kept. The conversations that were used least lately go first; questions beyond the last are refused before. */
const STORE_BOUNDS = { conversations: 500, turnsOfOne: 40_000, found: 100 } as const;

const NOT_FOUND = { snippet: null, foundTurnId: null } as const;

const BROKEN_OFF = 'Quarterdeck ended while this answer was under way.';

const SUMMARY = `
  SELECT c.*,
    count(t.id) FILTER (WHERE t.role = 'user') AS questions,
    coalesce(sum(t.input_tokens), 0) AS input_tokens,
    coalesce(sum(t.output_tokens), 0) AS output_tokens,
    count(t.id) FILTER (WHERE t.role = 'assistant' AND t.ended <> 'under-way' AND t.input_tokens IS NULL) AS untold
  FROM conversations c LEFT JOIN turns t ON t.conversation_id = c.id`;

interface StoreOptions {
  /** Where `conversations.sqlite` lies. */
  folder: string;
  clock: Clock;
  log: Logger;
}

/**
 * Opens what was said. Never fails: a damaged file is set aside, and where none can be had conversations live for the session,
 * which is said. Answers that were under way when the desk ended are broken off.
 */
export function openConversations({ folder, clock, log }: StoreOptions): ConversationStore {
  const file = join(folder, 'conversations.sqlite');
  const remarks: string[] = [];
  const database = open();
  /** What the disk refused; it is written with the next that it takes. */
  const unsaved = new Map<string, () => void>();
  let refused: string | null = null;

  const write = {
    conversation: database.prepare(
      `INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
         title = excluded.title, updated_at_ms = excluded.updated_at_ms, head_id = excluded.head_id`,
    ),
    turn: database.prepare(
      `INSERT INTO turns (conversation_id, id, parent_id, role, at_ms, ended, content, rest, input_tokens, output_tokens)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation_id, id) DO UPDATE SET
         ended = excluded.ended, content = excluded.content, rest = excluded.rest,
         input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens`,
    ),
    forgetWords: database.prepare(
      'DELETE FROM turn_words WHERE rowid = (SELECT number FROM turns WHERE conversation_id = ? AND id = ?)',
    ),
    words: database.prepare(
      'INSERT INTO turn_words (rowid, content) SELECT number, content FROM turns WHERE conversation_id = ? AND id = ?',
    ),
  };
  attempt('broken-off', () => {
    const underWay = database.prepare("SELECT conversation_id, * FROM turns WHERE ended = 'under-way'").all();
    for (const row of underWay) {
      const turn = readTurn(row);
      const conversationId = row.conversation_id;
      if (turn !== null && typeof conversationId === 'string')
        putTurn(conversationId, { ...turn, end: 'broken-off', trouble: BROKEN_OFF });
    }
  });

  function open(): DatabaseSync {
    try {
      return openDatabase(file);
    } catch (error) {
      log.error('the conversations cannot be opened', { error: wordsOf(error) });
      if (!isUnreadable(error)) return inMemory();
    }
    try {
      const keptAs = setAside(file, 'damaged', clock.now(), ['-wal', '-shm']);
      const opened = openDatabase(file);
      remarks.push(`What was said before could not be read; the file is kept as ${keptAs}.`);
      return opened;
    } catch (error) {
      log.error('no file of conversations can be had', { error: wordsOf(error) });
      return inMemory();
    }
  }

  function inMemory(): DatabaseSync {
    remarks.push('Conversations are kept until Quarterdeck is closed only: their file cannot be opened.');
    return openDatabase(':memory:');
  }

  function inOneGo(run: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      run();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Writes together with what could not be written before; what the disk refuses now is kept for the next time. */
  function attempt(key: string, run: () => void): void {
    unsaved.set(key, run);
    try {
      inOneGo(() => {
        for (const waiting of unsaved.values()) waiting();
      });
      unsaved.clear();
      refused = null;
    } catch (error) {
      if (refused === null) log.error('conversations cannot be written', { error: wordsOf(error) });
      refused = 'The disk refuses what is said here: it will be lost when Quarterdeck is closed.';
    }
  }

  function putTurn(conversationId: string, turn: ChatTurn): void {
    const { id, parentId, role, atMs, end, content, usage } = turn;
    const ended = end !== 'under-way';
    if (ended) write.forgetWords.run(conversationId, id);
    const tokens = [usage?.inputTokens ?? null, usage?.outputTokens ?? null] as const;
    write.turn.run(conversationId, id, parentId, role, atMs, end, content, restOf(turn), ...tokens);
    if (ended) write.words.run(conversationId, id);
  }

  function erase(conversationId: string): void {
    database
      .prepare('DELETE FROM turn_words WHERE rowid IN (SELECT number FROM turns WHERE conversation_id = ?)')
      .run(conversationId);
    database.prepare('DELETE FROM turns WHERE conversation_id = ?').run(conversationId);
    database.prepare('DELETE FROM conversations WHERE id = ?').run(conversationId);
  }

  function eraseOldest(): void {
    const beyond = database
      .prepare('SELECT id FROM conversations ORDER BY updated_at_ms DESC, id LIMIT -1 OFFSET ?')
      .all(STORE_BOUNDS.conversations);
    for (const { id } of beyond) if (typeof id === 'string') erase(id);
  }

  function summary(conversationId: string): ConversationSummary | null {
    return readSummary(database.prepare(`${SUMMARY} WHERE c.id = ? GROUP BY c.id`).get(conversationId));
  }

  return {
    trouble: () => [...remarks, ...(refused === null ? [] : [refused])].join(' ') || null,
    list(text) {
      const found = new Map<string, Pick<FoundConversation, 'snippet' | 'foundTurnId'>>();
      const query = ftsQuery(text);
      const rows = database
        .prepare(`${SUMMARY} GROUP BY c.id ORDER BY c.updated_at_ms DESC LIMIT ?`)
        .all(STORE_BOUNDS.conversations)
        .flatMap((row) => readSummary(row) ?? []);
      if (query === null) return rows.map((row) => ({ ...row, ...NOT_FOUND }));
      const hits = database
        .prepare(
          `SELECT t.conversation_id AS id, t.id AS turnId, t.content FROM turn_words w JOIN turns t ON t.number = w.rowid
           WHERE turn_words MATCH ? ORDER BY t.number DESC LIMIT 2000`,
        )
        .all(query);
      for (const { id, turnId, content } of hits) {
        if (
          typeof id === 'string' &&
          typeof turnId === 'string' &&
          typeof content === 'string' &&
          !found.has(id)
        )
          found.set(id, { snippet: snippetOf(content, text), foundTurnId: turnId });
      }
      const inTitle = text.trim().toLowerCase();
      return rows
        .flatMap((row): FoundConversation[] => {
          const hit = found.get(row.id);
          if (hit !== undefined) return [{ ...row, ...hit }];
          return row.title.toLowerCase().includes(inTitle) ? [{ ...row, ...NOT_FOUND }] : [];
        })
        .slice(0, STORE_BOUNDS.found);
    },
    summary,
    read(conversationId): Conversation | null {
      const found = summary(conversationId);
      if (found === null) return null;
      const turns = database
        .prepare('SELECT * FROM turns WHERE conversation_id = ? ORDER BY number')
        .all(conversationId)
        .flatMap((row) => readTurn(row) ?? []);
      return { summary: found, turns };
    },
    isFull(conversationId) {
      const row = database
        .prepare('SELECT count(*) AS n FROM turns WHERE conversation_id = ?')
        .get(conversationId);
      return Number(row?.n) >= STORE_BOUNDS.turnsOfOne;
    },
    save({ id, title, answerer, createdAtMs, updatedAtMs, headId }) {
      attempt(`conversation/${id}`, () => {
        write.conversation.run(id, title, JSON.stringify(answerer), createdAtMs, updatedAtMs, headId);
        eraseOldest();
      });
    },
    saveTurn: (conversationId, turn) =>
      attempt(`turn/${conversationId}/${turn.id}`, () => putTurn(conversationId, turn)),
    remove(conversationId) {
      for (const key of unsaved.keys())
        if (key === `conversation/${conversationId}` || key.startsWith(`turn/${conversationId}/`))
          unsaved.delete(key);
      inOneGo(() => erase(conversationId));
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
