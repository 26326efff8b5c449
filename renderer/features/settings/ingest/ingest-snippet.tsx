import { useState } from 'react';

import type { IngestStatus } from '#shared/domain/settings/ingest.ts';
import { t } from '#shared/words.ts';

import { CopyButton } from '../../../ui/copy-button.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Segmented } from '../../../ui/tabs.tsx';
import type { SnippetLanguage } from './ingest-snippets.ts';
import { ingestSnippet } from './ingest-snippets.ts';

/** What to put into a script so that it posts here. The key itself is never part of it. */
export function IngestSnippet({ status }: { status: IngestStatus }) {
  const [language, setLanguage] = useState<SnippetLanguage>('python');
  const [chosen, setChosen] = useState(status.url);
  const urls = [status.url, ...status.networkUrls];
  const url = urls.find((one) => one === chosen) ?? status.url;
  const text = ingestSnippet(language, url, status.keyHeader);
  return (
    <Panel
      title={t('For your script')}
      actions={
        <>
          {urls.length > 1 && (
            <Select
              size="sm"
              aria-label={t('Address')}
              value={url}
              onChange={setChosen}
              options={urls.map((one) => ({ value: one, label: new URL(one).host }))}
            />
          )}
          <Segmented
            label={t('Written in')}
            value={language}
            onChange={setLanguage}
            options={[
              { value: 'python', label: t('Python') },
              { value: 'curl', label: t('curl') },
            ]}
          />
          <CopyButton text={text} label={t('Copy the snippet')} />
        </>
      }
    >
      <pre
        tabIndex={0}
        aria-label={t('Snippet')}
        className="selectable max-h-72 overflow-auto px-4 py-3 font-mono text-2xs leading-relaxed text-ink"
      >
        {text}
      </pre>
    </Panel>
  );
}
