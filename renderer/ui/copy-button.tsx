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
      onClick={() => {
        copyText(text).then(
          () => setResult('copied'),
          () => setResult('refused'),
        );
      }}
    />
  );
}

/** Copies by the asynchronous clipboard, or by a selection where permissions are denied to the page. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) throw new Error('The clipboard refused the text.');
  }
}
