const NAMES: ReadonlyMap<string, string> = new Map([
  ['PNL', 'P&L'],
  ['ai', 'AI'],
  ['Ai', 'AI'],
  ['ltv', 'LTV'],
  ['Ltv', 'LTV'],
]);

/** "totalValueUSD" → "Total value USD", "totalPnL" → "Total P&L", "volume24h" → "Volume 24h": a member's name as words. */
export function humanise(name: string): string {
  const words = name
    .replace(/^_+/, '')
    .replace(/[_.-]+/g, ' ')
    .replace(/(?:pnl|PNL|PnL|Pnl)(?![a-z])/g, ' PNL ')
    .replace(/([a-z])(\d{2,}[hdm])$/, '$1 $2')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .trim()
    .split(/ +/)
    .map((word) => NAMES.get(word) ?? (/^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
