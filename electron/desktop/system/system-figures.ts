import { arch, freemem, release, totalmem, type, uptime, version } from 'node:os';

/** What an engineer asks of the machine first. Nothing in it names a person or the machine. */
export const systemFigures = (): Record<string, string | number> => ({
  type: type(),
  release: release(),
  version: version(),
  arch: arch(),
  desktop: process.env.XDG_CURRENT_DESKTOP ?? 'unknown',
  session: process.env.XDG_SESSION_TYPE ?? 'unknown',
  language: Intl.DateTimeFormat().resolvedOptions().locale,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  memoryMb: Math.round(totalmem() / 1_000_000),
  freeMemoryMb: Math.round(freemem() / 1_000_000),
  systemUpMinutes: Math.round(uptime() / 60),
  deskUpMinutes: Math.round(process.uptime() / 60),
});
