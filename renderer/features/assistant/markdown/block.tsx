import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { CodeBlock } from './code-block.tsx';
import { Inline } from './inline.tsx';
import type { MarkedToken, Token } from './markdown-reader.ts';

/** Deeper nesting is shown as it was written. */
const MOST_DEPTH = 10;
const MOST_COLUMNS = 24;

/** One block of markdown. */
export function Block({ token: given, depth }: { token: Token; depth: number }): ReactNode {
  const token = given as MarkedToken;
  if (depth > MOST_DEPTH) return <p className="whitespace-pre-wrap">{token.raw}</p>;
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'paragraph':
      return (
        <p className="whitespace-pre-line">
          <Inline tokens={token.tokens} depth={depth} />
        </p>
      );
    case 'text':
      return (
        <span className="whitespace-pre-line">
          {token.tokens === undefined ? token.text : <Inline tokens={token.tokens} depth={depth} />}
        </span>
      );
    case 'heading':
      return (
        <p
          role="heading"
          aria-level={Math.min(6, token.depth + 2)}
          className={token.depth <= 2 ? 'pt-1 text-base font-semibold' : 'pt-1 text-sm font-semibold'}
        >
          <Inline tokens={token.tokens} depth={depth} />
        </p>
      );
    case 'code':
      return <CodeBlock language={token.lang ?? ''} text={token.text} />;
    case 'list': {
      const items = token.items.map((item, index) => (
        <li key={index} className="pl-1">
          {item.task && (
            <input
              type="checkbox"
              disabled
              checked={item.checked === true}
              aria-label={item.checked === true ? t('done') : t('open')}
              className="mr-1.5 align-middle"
            />
          )}
          <div className="inline-flex w-full flex-col gap-1 align-top">
            {item.tokens
              .filter(({ type }) => type !== 'checkbox')
              .map((inner, innerIndex) => (
                <Block key={innerIndex} token={inner} depth={depth + 1} />
              ))}
          </div>
        </li>
      ));
      return token.ordered ? (
        <ol
          start={token.start === '' ? 1 : token.start}
          className="list-decimal space-y-1 pl-6 marker:text-faint"
        >
          {items}
        </ol>
      ) : (
        <ul className="list-disc space-y-1 pl-5 marker:text-faint">{items}</ul>
      );
    }
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 border-line-strong pl-3 text-muted">
          {token.tokens.map((inner, index) => (
            <Block key={index} token={inner} depth={depth + 1} />
          ))}
        </blockquote>
      );
    case 'table':
      return (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('Table')}>
          <table className="figures w-full text-xs">
            <thead>
              <tr className="border-b border-line-strong text-left">
                {token.header.slice(0, MOST_COLUMNS).map((cell, index) => (
                  <th
                    key={index}
                    className="px-2 py-1.5 font-semibold first:pl-0"
                    style={{ textAlign: cell.align ?? undefined }}
                  >
                    <Inline tokens={cell.tokens} depth={depth} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {token.rows.map((row, rowIndex) => (
                <tr key={rowIndex} className="border-b border-line last:border-0">
                  {row.slice(0, MOST_COLUMNS).map((cell, index) => (
                    <td
                      key={index}
                      className="px-2 py-1.5 first:pl-0"
                      style={{ textAlign: cell.align ?? undefined }}
                    >
                      <Inline tokens={cell.tokens} depth={depth} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'hr':
      return <hr className="border-line" />;
    default:
      // HTML, and whatever else a text may hold, is shown as it was written.
      return <p className="whitespace-pre-wrap">{token.raw}</p>;
  }
}
