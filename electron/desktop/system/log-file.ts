import { join } from 'node:path';

import fileLogger from 'electron-log/node';

import type { LogLevel } from '#shared/domain/settings/diagnostics.ts';

import type { Logger } from '../../lib/logger.ts';
import { redact } from '../../lib/redact.ts';

const MAX_LOG_BYTES = 2_000_000;

/** A log whose level a person can change while it is written. */
export interface LogFile extends Logger {
  setLevel(level: LogLevel): void;
}

/** Writes lines to `folder/quarterdeck.log`, redacted, the file kept small by one rotation. Errors also go to the console. */
export function openLogFile(folder: string): LogFile {
  const logger = fileLogger.create({ logId: 'quarterdeck' });
  logger.transports.file.resolvePathFn = () => join(folder, 'quarterdeck.log');
  logger.transports.file.maxSize = MAX_LOG_BYTES;
  logger.transports.file.level = 'info';
  logger.transports.console.level = 'error';
  // A disk that is full or a console that is closed must not turn a log line into a crash.
  logger.errorHandler.stopCatching();

  const line = (message: string, facts: Record<string, unknown> = {}): string =>
    Object.keys(facts).length === 0 ? redact(message) : redact(`${message} ${toText(facts)}`);
  return {
    debug: (message, facts) => logger.debug(line(message, facts)),
    info: (message, facts) => logger.info(line(message, facts)),
    warn: (message, facts) => logger.warn(line(message, facts)),
    error: (message, facts) => logger.error(line(message, facts)),
    setLevel(level) {
      logger.transports.file.level = level;
    },
  };
}

function toText(facts: Record<string, unknown>): string {
  try {
    return JSON.stringify(facts, (_key, value: unknown) => (value instanceof Error ? value.stack : value));
  } catch {
    return '(facts that cannot be written)';
  }
}
