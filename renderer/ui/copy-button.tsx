import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

import { IconButton } from './button.tsx';

interface CopyButtonProps {
  text: string;
  label?: string;
  className?: string;
}

type Result = 'copied' | 'refused' | null;

/** Puts a text on the clipboard and says what became of it, until the pointer or the focus leaves. */
export function CopyButton({ text, label = 'Copy', className }: CopyButtonProps) {
  const [result, setResult] = useState<Result>(null);
  const words =
    result === 'copied' ? 'Copied' : result === 'refused' ? 'The system did not allow copying' : label;
  return (
    <IconButton
      size="sm"
      label={words}
      icon={
        result === 'copied' ? (
          <Check size={13} aria-hidden className="text-ok" />
        ) : (
          <Copy size={13} aria-hidden />
        )
      }
      {...(className === undefined ? {} : { className })}
      onPointerLeave={() => setResult(null)}
      onBlur={() => setResult(null)}
      onClick={() => setResult(copyText(text) ? 'copied' : 'refused')}
    />
  );
}

/**
 * Copies by answering the page's own copy event. The newer clipboard API needs a permission, and the window has none (S2).
 * Call it from a click or a key: nothing else may copy.
 */
function copyText(text: string): boolean {
  let taken = false;
  const answer = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    taken = true;
  };
  // The type leaves out that browsers discourage this; there is no successor that works without the permission.
  const page: { execCommand(command: 'copy'): boolean } = document;
  document.addEventListener('copy', answer);
  const done = page.execCommand('copy');
  document.removeEventListener('copy', answer);
  return done && taken;
}
