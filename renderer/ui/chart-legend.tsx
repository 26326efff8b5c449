import type { LegendItem } from './chart-data.ts';

/** The names of what a chart draws, each with its look: shape as well as colour tells them apart. */
export function ChartLegend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="flex min-w-0 flex-1 items-center gap-3 overflow-hidden text-2xs text-muted">
      {items.map((item) => (
        <li key={item.name} className="flex shrink-0 items-center gap-1.5 whitespace-nowrap">
          <Swatch item={item} />
          {item.name}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ item: { shape, tone } }: { item: LegendItem }) {
  return (
    <svg width="14" height="10" viewBox="0 0 14 10" aria-hidden style={{ color: `var(--qd-${tone})` }}>
      {shape === 'area' && <path d="M0 10 V5 L14 2 V10 Z" fill="currentColor" opacity="0.25" />}
      {shape === 'area' && <path d="M0 5 L14 2" stroke="currentColor" strokeWidth="2" />}
      {shape === 'line' && <path d="M0 5 H14" stroke="currentColor" strokeWidth="2" />}
      {shape === 'dashed' && (
        <path d="M0 5 H14" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2" />
      )}
      {shape === 'up' && <path d="M7 1 L11 9 H3 Z" fill="currentColor" />}
      {shape === 'down' && <path d="M7 9 L11 1 H3 Z" fill="currentColor" />}
      {shape === 'dot' && <circle cx="7" cy="5" r="3.2" fill="currentColor" />}
      {shape === 'square' && <rect x="3" y="1" width="8" height="8" rx="1.5" fill="currentColor" />}
    </svg>
  );
}
