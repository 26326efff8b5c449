import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';

import { CopyButton } from '../../ui/copy-button.tsx';
import type { Inline } from './markdown-inline.ts';
import type { Block } from './markdown-parse.ts';
import { parseMarkdown, splitPieces } from './markdown-parse.ts';

/**
 * Draws markdown from somebody else. Only React elements come out: HTML stays text, links show their address and cannot be
 * clicked, images are not loaded (S2). Pieces that did not change are not drawn again.
 */
export function Markdown({ text }: { text: string }) {
  const pieces = useMemo(() => splitPieces(text), [text]);
  return (
    <div className="selectable flex flex-col gap-3 text-sm leading-relaxed break-words text-ink">
      {pieces.map((piece, index) => (
        <Piece key={index} text={piece} />
      ))}
    </div>
  );
}

const Piece = memo(function Piece({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2 [content-visibility:auto] [contain-intrinsic-size:auto_3rem]">
      {parseMarkdown(text).map(drawBlock)}
    </div>
  );
});

function drawBlock(block: Block, index: number): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p key={index} className="whitespace-pre-line">
          {block.content.map(drawInline)}
        </p>
      );
    case 'heading':
      return (
        <p
          key={index}
          role="heading"
          aria-level={Math.min(6, block.level + 2)}
          className={block.level <= 2 ? 'text-base font-semibold' : 'text-sm font-semibold'}
        >
          {block.content.map(drawInline)}
        </p>
      );
    case 'code':
      return <CodeBlock key={index} language={block.language} text={block.text} />;
    case 'list': {
      const items = block.items.map((item, itemIndex) => (
        <li key={itemIndex} className="pl-1">
          {item.content.map(drawInline)}
          {item.children.map(drawBlock)}
        </li>
      ));
      return block.ordered ? (
        <ol key={index} start={block.start} className="list-decimal space-y-1 pl-6 marker:text-faint">
          {items}
        </ol>
      ) : (
        <ul key={index} className="list-disc space-y-1 pl-5 marker:text-faint">
          {items}
        </ul>
      );
    }
    case 'quote':
      return (
        <blockquote key={index} className="border-l-2 border-line-strong pl-3 text-muted">
          {block.children.map(drawBlock)}
        </blockquote>
      );
    case 'table':
      return (
        <div key={index} className="overflow-x-auto">
          <table className="figures text-xs">
            <thead>
              <tr className="border-b border-line-strong text-left">
                {block.head.map((cell, cellIndex) => (
                  <th key={cellIndex} className="px-2 py-1 font-semibold first:pl-0">
                    {cell.map(drawInline)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, rowIndex) => (
                <tr key={rowIndex} className="border-b border-line">
                  {row.map((cell, cellIndex) => (
                    <td key={cellIndex} className="px-2 py-1 first:pl-0">
                      {cell.map(drawInline)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'rule':
      return <hr key={index} className="border-line" />;
  }
}

function drawInline(inline: Inline, index: number): ReactNode {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return (
        <code key={index} className="rounded-sm bg-overlay px-1 py-px font-mono text-[0.92em]">
          {inline.text}
        </code>
      );
    case 'bold':
      return (
        <strong key={index} className="font-semibold">
          {inline.children.map(drawInline)}
        </strong>
      );
    case 'italic':
      return <em key={index}>{inline.children.map(drawInline)}</em>;
    case 'strike':
      return <s key={index}>{inline.children.map(drawInline)}</s>;
    case 'link':
      return (
        <span key={index}>
          {inline.label} <span className="font-mono text-xs text-muted">({inline.address})</span>
        </span>
      );
  }
}

function CodeBlock({ language, text }: { language: string; text: string }) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-canvas">
      <figcaption className="flex h-7 items-center border-b border-line pr-1 pl-3 text-2xs text-faint">
        {language === '' ? 'Code' : language}
        <CopyButton text={text} label="Copy code" className="ml-auto" />
      </figcaption>
      <pre className="overflow-x-auto p-3 font-mono text-xs leading-relaxed">{text}</pre>
    </figure>
  );
}
