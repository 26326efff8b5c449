import type { ReactNode } from 'react';
import { Fragment } from 'react';

/** Stands in a text for an element: `t('asked {age}', { age: slot('age') })`. */
export const slot = (name: string): string => `{${name}}`;

/** A whole sentence some of whose values are elements, so that each language puts them where it wants them. */
export function Sentence({ text, parts }: { text: string; parts: Readonly<Record<string, ReactNode>> }) {
  return text
    .split(/\{(\w+)\}/)
    .map((piece, at) => <Fragment key={at}>{at % 2 === 1 ? parts[piece] : piece}</Fragment>);
}
