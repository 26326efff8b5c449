import { memo, useState } from 'react';

import { Block } from './block.tsx';
import type { TurnAddress } from './link-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { LinkContext } from './link-context.ts';
import type { MarkdownBlock } from './markdown-reader.ts';
import { createMarkdownReader } from './markdown-reader.ts';

/**
 * Draws markdown from somebody else. Only React elements come out: HTML stays text, images are not loaded, and a link opens only
 * after a question that shows where it leads (S2). Of a text that grows only the last block is drawn again.
 */
export function Markdown({ text, turn }: { text: string; turn: TurnAddress }) {
  const [reader] = useState(createMarkdownReader);
  const [link, setLink] = useState<string | null>(null);
  return (
    <LinkContext value={setLink}>
      <div className="selectable flex flex-col gap-3 text-sm leading-relaxed break-words text-ink">
        {reader.read(text).map((block) => (
          <DrawnBlock key={block.at} block={block} />
        ))}
      </div>
      {link !== null && <LinkDialog address={link} turn={turn} onClose={() => setLink(null)} />}
    </LinkContext>
  );
}

const DrawnBlock = memo(
  function DrawnBlock({ block }: { block: MarkdownBlock }) {
    return (
      <div className="[content-visibility:auto] [contain-intrinsic-size:auto_3rem]">
        <Block token={block.token} depth={0} />
      </div>
    );
  },
  // The open end is read anew each time, and is often what it was.
  (before, after) =>
    before.block.token === after.block.token ||
    (before.block.token.type === after.block.token.type && before.block.token.raw === after.block.token.raw),
);
