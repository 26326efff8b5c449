import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useContext } from 'react';

import { t } from '#shared/words.ts';

import { LinkContext } from './link-context.ts';
import type { MarkedToken, Token } from './markdown-reader.ts';
import { safeAddress } from './safe-address.ts';

const MOST_DEPTH = 16;

/** The words of a block. */
export function Inline({ tokens, depth }: { tokens: readonly Token[]; depth: number }): ReactNode {
  return tokens.map((token, index) => <One key={index} token={token as MarkedToken} depth={depth + 1} />);
}

function One({ token, depth }: { token: MarkedToken; depth: number }): ReactNode {
  if (depth > MOST_DEPTH) return token.raw;
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? (
        unescaped(token.text)
      ) : (
        <Inline tokens={token.tokens} depth={depth} />
      );
    case 'escape':
      return unescaped(token.text);
    case 'codespan':
      return <code className="rounded-sm bg-soft px-1 py-px font-mono text-[0.92em]">{token.text}</code>;
    case 'strong':
      return (
        <strong className="font-semibold">
          <Inline tokens={token.tokens} depth={depth} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} depth={depth} />
        </em>
      );
    case 'del':
      return (
        <s>
          <Inline tokens={token.tokens} depth={depth} />
        </s>
      );
    case 'br':
      return <br />;
    case 'link':
      return <Link href={token.href} label={<Inline tokens={token.tokens} depth={depth} />} />;
    case 'image':
      // Loading it would tell its server what was said here.
      return (
        <Link
          href={token.href}
          label={<>{t('picture{what}', { what: token.text === '' ? '' : `: ${token.text}` })}</>}
        />
      );
    default:
      return token.raw;
  }
}

function Link({ href, label }: { href: string; label: ReactNode }) {
  const ask = useContext(LinkContext);
  const address = safeAddress(href);
  if (address === null)
    return (
      <>
        {label} <span className="font-mono text-xs text-muted">({href})</span>
      </>
    );
  return (
    <button
      type="button"
      title={address}
      className="inline cursor-pointer text-left text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
      onClick={() => ask(address)}
    >
      {label}
      <ExternalLink
        size={11}
        aria-label={t(', opens after a question')}
        className="ml-0.5 inline align-baseline"
      />
    </button>
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
};

/** Character references are read as what they stand for; they become text and nothing else. */
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole);
