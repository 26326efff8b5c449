import { ingestSettings } from '#shared/domain/settings/ingest.ts';

/** Reads a port that a program may listen at without rights of its own; `null` for anything else. */
export function readPort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const parsed = ingestSettings.shape.port.safeParse(Number(text));
  return parsed.success ? parsed.data : null;
}
