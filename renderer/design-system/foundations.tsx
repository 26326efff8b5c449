import { Section, Specimen } from './section.tsx';

const GROUNDS = ['canvas', 'surface', 'raised', 'overlay', 'soft', 'line', 'line-strong'];
const INKS = ['ink', 'muted', 'faint', 'accent', 'gain', 'loss', 'ok', 'warn', 'danger', 'practice'];
const SOFT = ['accent', 'gain', 'loss', 'ok', 'warn', 'danger', 'practice'];
const FILLS = [
  { name: 'accent-fill', ink: 'accent-ink' },
  { name: 'danger-fill', ink: null },
];
const TYPE = [
  'text-2xs',
  'text-xs',
  'text-sm',
  'text-base',
  'text-lg',
  'text-xl',
  'text-2xl',
  'text-display',
];
const SPACES = [1, 1.5, 2, 3, 4, 5, 6, 8];
const CORNERS = ['sm', 'md', 'lg', 'xl'];

/** Colour, type, space, corners and motion, as the style sheet names them. */
export function Foundations() {
  return (
    <Section title="Foundations">
      <Specimen name="Grounds and lines">
        {GROUNDS.map((name) => (
          <Swatch key={name} name={name} colour={`var(--qd-${name})`} />
        ))}
      </Specimen>
      <Specimen name="Inks, on the surface">
        <div className="flex flex-wrap gap-x-5 gap-y-2 rounded-lg border border-line bg-surface p-4 text-sm">
          {INKS.map((name) => (
            <span key={name} style={{ color: `var(--qd-${name})` }}>
              {name}
            </span>
          ))}
        </div>
      </Specimen>
      <Specimen name="Inks, on their own soft ground">
        {SOFT.map((name) => (
          <span
            key={name}
            className="rounded-md px-3 py-1.5 text-sm"
            style={{ color: `var(--qd-${name})`, background: `var(--qd-${name}-soft)` }}
          >
            {name}
          </span>
        ))}
      </Specimen>
      <Specimen name="Fills">
        {FILLS.map(({ name, ink }) => (
          <span
            key={name}
            className="rounded-md px-3 py-1.5 text-sm"
            style={{ background: `var(--qd-${name})`, color: ink === null ? '#ffffff' : `var(--qd-${ink})` }}
          >
            {name}
          </span>
        ))}
      </Specimen>
      <Specimen name="Type">
        <div className="flex flex-col gap-1 text-ink">
          {TYPE.map((name) => (
            <span
              key={name}
              style={{ fontSize: `var(--${name})`, lineHeight: `var(--${name}--line-height)` }}
            >
              {name} <span className="figures">$234,065.22</span>
            </span>
          ))}
          <span className="font-mono text-sm">mono 0x1f 1,234.50</span>
        </div>
      </Specimen>
      <Specimen name="Space, in steps of the density">
        {SPACES.map((step) => (
          <span key={step} className="flex flex-col items-center gap-1 text-2xs text-muted">
            <span
              aria-hidden
              className="block bg-accent"
              style={{ width: `calc(var(--spacing) * ${step})`, height: `calc(var(--spacing) * ${step})` }}
            />
            {step}
          </span>
        ))}
        <span className="figures text-xs text-muted">a row of a table: var(--row-height)</span>
      </Specimen>
      <Specimen name="Corners">
        {CORNERS.map((name) => (
          <span
            key={name}
            className="flex size-14 items-center justify-center border border-line-strong bg-raised text-2xs text-muted"
            style={{ borderRadius: `var(--radius-${name})` }}
          >
            {name}
          </span>
        ))}
        <span className="flex h-14 items-center rounded-lg bg-overlay px-4 text-2xs text-muted shadow-pop">
          shadow-pop
        </span>
      </Specimen>
      <Specimen name="Motion: none of it where the system asks for less">
        <span className="animate-pulse-slow rounded-md bg-soft px-3 py-1.5 text-xs text-ink">pulse-slow</span>
        <span className="animate-appear rounded-md bg-soft px-3 py-1.5 text-xs text-ink">appear</span>
      </Specimen>
    </Section>
  );
}

const Swatch = ({ name, colour }: { name: string; colour: string }) => (
  <span className="flex flex-col gap-1 text-2xs text-muted">
    <span
      aria-hidden
      className="block h-10 w-24 rounded-md border border-line-strong"
      style={{ background: colour }}
    />
    {name}
  </span>
);
