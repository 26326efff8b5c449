import { memo, useMemo } from 'react';

import { t } from '#shared/words.ts';

import { CopyButton } from '../../../ui/copy-button.tsx';

const LINES_A_PIECE = 100;

/** Code with its language and a way to copy it. A long one is drawn in pieces, so that only its last is drawn again while it grows. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const pieces = useMemo(() => piecesOf(text), [text]);
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-canvas">
      <figcaption className="flex h-7 items-center border-b border-line pr-1 pl-3 font-mono text-2xs text-faint">
        <span className="truncate">{/^[\w+#. -]{1,30}/.exec(language)?.[0] ?? t('code')}</span>
        <CopyButton text={text} label={t('Copy code')} className="ml-auto" />
      </figcaption>
      <pre
        tabIndex={0}
        aria-label={t('Code')}
        className="overflow-x-auto p-3 font-mono text-xs leading-relaxed"
      >
        {pieces.map((piece, index) => (
          <Piece key={index} text={piece} />
        ))}
      </pre>
    </figure>
  );
}

const Piece = memo(function Piece({ text }: { text: string }) {
  return <span className="block">{text}</span>;
});

function piecesOf(text: string): string[] {
  const lines = text.split('\n');
  const pieces: string[] = [];
  for (let at = 0; at < lines.length; at += LINES_A_PIECE)
    pieces.push(lines.slice(at, at + LINES_A_PIECE).join('\n'));
  return pieces;
}
