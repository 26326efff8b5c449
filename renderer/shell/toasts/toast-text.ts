import type { ReactNode } from 'react';

/** The words of a part of a notice. Everything in this window tells them as plain text. */
export function textOf(part: ReactNode | (() => ReactNode)): string {
  const told = typeof part === 'function' ? part() : part;
  return typeof told === 'string' || typeof told === 'number' ? String(told) : '';
}
