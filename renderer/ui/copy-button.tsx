import { Check, Copy } from 'lucide-react';
import { useState } from 'react';

import { t } from '#shared/words.ts';

import { IconButton } from './button.tsx';
import { copyText } from './copy-text.ts';

interface CopyButtonProps {
  text: string;
  label?: string;
  className?: string;
}

type Result = 'copied' | 'refused' | null;

/** Puts a text on the clipboard and says what became of it, until the pointer or the focus leaves. */
export function CopyButton({ text, label = t('Copy'), className }: CopyButtonProps) {
  const [result, setResult] = useState<Result>(null);
  const words =
    result === 'copied' ? t('Copied') : result === 'refused' ? t('The system did not allow copying') : label;
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
