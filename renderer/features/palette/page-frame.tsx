import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';

import { BackendTag } from '../../ui/backend-tag.tsx';
import { IconButton } from '../../ui/button.tsx';

interface PageFrameProps {
  title: string;
  help: string;
  backendId: string;
  onBack: () => void;
  children: ReactNode;
}

/** The frame of a form that was chosen in the palette. */
export function PageFrame({ title, help, backendId, onBack, children }: PageFrameProps) {
  return (
    <div className="flex min-h-0 flex-col">
      <header className="flex shrink-0 items-center gap-2.5 border-b border-line px-3 py-2.5">
        <IconButton
          size="sm"
          label="Back to the list"
          icon={<ArrowLeft size={15} aria-hidden />}
          onClick={onBack}
        />
        <h2 className="text-base font-semibold text-ink">{title}</h2>
        <BackendTag backendId={backendId} className="ml-auto" />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3.5">
        <p className="mb-3 text-xs leading-relaxed text-muted">{help}</p>
        {children}
      </div>
    </div>
  );
}
