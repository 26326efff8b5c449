import { clockName, offsetMinutes } from '#shared/wall-time.ts';

/** "Asia/Kathmandu" as people write it. */
export const zoneWords = (zone: string): string => zone.replaceAll('_', ' ');

/** "UTC+5:45", as it holds at that moment. */
function offsetWords(zone: string, atMs: number): string {
  const minutes = offsetMinutes(atMs, zone);
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** What a zone is looked for by, and what its line says. */
export const zoneLine = (zone: string, atMs: number): string =>
  `${clockName(atMs, zone)}, ${offsetWords(zone, atMs)}`;

/** The zone of the computer. */
export const systemZone = (): string => nowNamed(new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** Every zone that this computer knows, by name. UTC is one that people choose and no list has. */
export const knownZones = (): string[] =>
  [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(nowNamed)])].sort();

/** Chromium still lists these by names that nobody looks for any more; it knows both. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const nowNamed = (zone: string): string => RENAMED[zone] ?? zone;
