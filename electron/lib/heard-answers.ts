import { AsyncLocalStorage } from 'node:async_hooks';

import type { HeardAnswer } from '#shared/domain/approvals/decision-record.ts';

import { cleanJson } from './clean.ts';
import { redactAndCut } from './redact.ts';

const MOST_HEARD = 20;
const BODY_LENGTH = 500;
const PATH_LENGTH = 160;
/** A secret that is shorter is found in words by chance. */
const SHORTEST_SECRET = 6;

/** What a server said to one request, or what became of the request where it said nothing. */
type Said =
  | { status: number; kind: 'json'; body: unknown }
  | { status: number; kind: 'text'; body: string }
  | { failure: string };

const listeners = new AsyncLocalStorage<{ answers: HeardAnswer[] | null }>();

/**
 * Runs what asks a backend to act, and keeps what its servers answered meanwhile for the audit: bounded, cleaned and redacted.
 * Nothing between the door and the wire has to hand it on. What is heard after `run` has ended is not kept.
 */
export async function hearAnswers<T>(
  run: () => Promise<T>,
  heard: (answers: HeardAnswer[]) => void,
): Promise<T> {
  const listener: { answers: HeardAnswer[] | null } = { answers: [] };
  try {
    return await listeners.run(listener, run);
  } finally {
    heard(listener.answers ?? []);
    listener.answers = null;
  }
}

/** Tells whoever listens what a server said. `secrets` went along with the request and are taken out of what came back. */
export function noteAnswer(
  asked: { method: string; path: string; latencyMs: number },
  said: Said,
  secrets: readonly string[],
): void {
  const answers = listeners.getStore()?.answers;
  if (answers === null || answers === undefined || answers.length >= MOST_HEARD) return;
  const hide = (text: string, length: number): string =>
    redactAndCut(
      secrets
        .filter((secret) => secret.length >= SHORTEST_SECRET)
        .reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), text.slice(0, 64_000)),
      length,
    );
  const path = asked.path.split('?')[0] ?? '';
  answers.push({
    asked: `${asked.method} ${hide(path, PATH_LENGTH)}`,
    status: 'failure' in said ? null : said.status,
    body: hide('failure' in said ? said.failure : bodyText(said), BODY_LENGTH),
    latencyMs: Math.max(0, asked.latencyMs),
  });
}

const bodyText = (said: Exclude<Said, { failure: string }>): string =>
  said.kind === 'json'
    ? JSON.stringify(cleanJson(said.body))
    : said.body.slice(0, 64_000).replace(/\s+/g, ' ').trim();
