import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';

import { MoneyChange, Percent } from './figures.tsx';

const colourOf = (figure: ReactNode): string | undefined =>
  /text-(gain|loss|muted)/.exec(renderToStaticMarkup(figure))?.[1];

it('a change that is written as nothing is neither a gain nor a loss', () => {
  expect(colourOf(<Percent value="-0.004" />)).toBe('muted');
  expect(colourOf(<Percent value="0.004" />)).toBe('muted');
  expect(colourOf(<MoneyChange value="-0.001" />)).toBe('muted');
  expect(colourOf(<Percent value="0" />)).toBe('muted');
});

it('a change that shows has the colour and the arrow of its direction', () => {
  expect(colourOf(<Percent value="-0.006" />)).toBe('loss');
  expect(colourOf(<MoneyChange value="0.01" />)).toBe('gain');
  expect(renderToStaticMarkup(<Percent value="1.5" />)).toContain('<path');
});
