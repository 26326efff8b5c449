import { MINUTE_MS } from '#shared/time.ts';

import { useNow } from '../stores/clock.ts';
import { Age } from '../ui/age.tsx';
import { BackendDot, PracticeMark } from '../ui/backend-tag.tsx';
import type { Tone } from '../ui/badge.tsx';
import { Badge, CountBadge, SeverityBadge, SideBadge } from '../ui/badge.tsx';
import { FundingRate, Money, MoneyChange, Percent, Price, Quantity } from '../ui/figures.tsx';
import { FlashOnChange } from '../ui/flash-on-change.tsx';
import { LightDot } from '../ui/link-light.tsx';
import { Stat } from '../ui/panel.tsx';
import { When } from '../ui/when.tsx';
import { Section, Specimen } from './section.tsx';

const TONES: readonly Tone[] = ['neutral', 'accent', 'ok', 'gain', 'loss', 'warn', 'danger', 'practice'];
const LIGHTS = ['live', 'working', 'stale', 'down', 'none'] as const;

/** Figures with sign, arrow and colour; marks, lights and ages. */
export function Figures() {
  const now = useNow(MINUTE_MS);
  return (
    <Section title="Figures and marks">
      <Specimen name="Figures: won, lost, nothing, not known">
        <Money value="234065.22" className="text-display font-semibold text-ink" />
        {['231.4', '-87.25', '0', null].map((value) => (
          <span key={value} className="flex gap-2 text-sm">
            <MoneyChange value={value} /> <Percent value={value} />
          </span>
        ))}
        <Price value="0.00001234" className="text-sm" />
        <Quantity value="1.3287" className="text-sm" />
        <FundingRate value="0.0001" className="text-sm" />
      </Specimen>
      <Specimen name="A figure that flashes as it moves">
        <FlashOnChange value={String(now)}>
          <Money value="1625.06" className="text-sm text-ink" />
        </FlashOnChange>
        <dl className="grid grid-cols-2 gap-4">
          <Stat label="Value">
            <Money value="1625.06" />
          </Stat>
          <Stat label="Return">
            <Percent value="-2.08" />
          </Stat>
        </dl>
      </Specimen>
      <Specimen name="Badges">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        {TONES.map((tone, index) => (
          <CountBadge key={tone} tone={tone} count={index * 150 + 1} />
        ))}
      </Specimen>
      <Specimen name="Sides and severities: told without colour as well">
        {(['buy', 'sell', 'stake', 'other'] as const).map((side) => (
          <SideBadge key={side} side={side} />
        ))}
        {(['low', 'medium', 'high', 'critical'] as const).map((severity) => (
          <SeverityBadge key={severity} severity={severity} />
        ))}
      </Specimen>
      <Specimen name="Lights of a link, ages, practice">
        {LIGHTS.map((tone) => (
          <span key={tone} className="flex items-center gap-1.5 text-xs text-muted">
            <LightDot tone={tone} />
            {tone}
          </span>
        ))}
        <Age atMs={now - 3 * MINUTE_MS} as="ago" />
        <Age atMs={now - 30 * MINUTE_MS} staleAfterMs={MINUTE_MS} />
        <Age atMs={null} />
        <When atMs={now} />
        <BackendDot colour="#8b7cf6" />
        <PracticeMark />
        <PracticeMark large />
      </Specimen>
    </Section>
  );
}
