import { TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';

import type { ImportPreview, ImportSection } from '#shared/domain/settings/settings-file.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { toast } from '../../../stores/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { FormTrouble } from '../parts/form-trouble.tsx';

interface ImportDialogProps {
  preview: ImportPreview;
  onClose: (taken: boolean) => void;
}

/** What a settings file would change, before any of it happens. What could cost something is marked and has to be confirmed. */
export function ImportDialog({ preview, onClose }: ImportDialogProps) {
  const { careful, sections } = preview;
  // What would change is read from its beginning, and the tick is not the first thing under the finger.
  const top = useRef<HTMLDivElement>(null);
  const [looked, setLooked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const changes = sections.reduce((count, section) => count + section.changes.length, 0);

  async function take(): Promise<void> {
    setBusy(true);
    try {
      const { ok, message } = await request('settings-file.apply', { importId: preview.importId, careful });
      if (ok) {
        toast.success(t('Settings taken'), { description: message });
        onClose(true);
        return;
      }
      setTrouble(message);
    } catch (error) {
      setTrouble(describeError(error));
    }
    setBusy(false);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose(false)}
      width="lg"
      initialFocus={top}
      title={
        changes === 0
          ? t('Nothing would change')
          : t('Take {changes, plural, one {# setting} other {# settings}} from this file?', { changes })
      }
      description={t('{fileName}{what} by Quarterdeck {savedBy}.', {
        fileName: preview.fileName,
        what:
          preview.savedAtMs === null
            ? ''
            : t(', saved {dateTime}', { dateTime: formatDateTime(preview.savedAtMs) }),
        savedBy: preview.savedBy,
      })}
      footer={
        <>
          <Button onClick={() => onClose(false)}>{changes === 0 ? t('Close') : t('Take nothing')}</Button>
          {changes > 0 && (
            <Button
              variant="primary"
              busy={busy}
              disabled={careful > 0 && !looked}
              onClick={() => void take()}
            >
              {t('Take all of it')}
            </Button>
          )}
        </>
      }
    >
      <div ref={top} tabIndex={-1} className="flex flex-col gap-5 outline-none">
        {trouble !== null && <FormTrouble words={trouble} />}
        {sections.map((section) => (
          <ChangesTable key={section.title} section={section} />
        ))}
        <Sentences
          title={t('Type again afterwards')}
          lines={preview.secretsToType.map(({ owner, labels }) => `${owner}: ${labels.join(', ')}`)}
        />
        <Sentences
          title={t('Saved secrets that are removed, because they were given for another destination')}
          lines={preview.secretsRemoved}
        />
        <Sentences title={t('Held back')} lines={preview.heldBack} />
        <Sentences title={t('Not in the file, stays as it is')} lines={preview.stays} />
        {careful > 0 && (
          <label className="flex items-start gap-2.5 rounded-md border border-warn/50 bg-warn/10 px-3 py-2.5 text-sm text-ink">
            <Checkbox
              aria-label={t('I looked at the marked changes')}
              checked={looked}
              onChange={setLooked}
            />
            <span>
              {t(
                'I looked at the {careful, plural, one {marked change. It allows more, sends elsewhere or protects} other {# marked changes. They allow more, send elsewhere or protect}} less, or I would be told less.',
                { careful },
              )}
            </span>
          </label>
        )}
      </div>
    </Dialog>
  );
}

const ChangesTable = ({ section: { title, changes } }: { section: ImportSection }) => (
  <section>
    <table className="selectable w-full table-fixed text-sm">
      <thead>
        <tr className="label text-left">
          <th className="w-2/5 pb-1 font-medium">{title}</th>
          <th className="w-1/5 pb-1 font-normal">{t('Now')}</th>
          <th className="pb-1 font-normal">{t('In the file')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ what, before, after, careful }) => (
          <tr key={what} className="border-t border-line align-top">
            <th scope="row" className="w-2/5 py-1.5 pr-3 text-left font-normal text-ink">
              {what}
              {careful !== null && (
                <span className="mt-0.5 flex items-start gap-1.5 text-xs text-warn">
                  <TriangleAlert size={12} aria-hidden className="mt-0.5 shrink-0" /> {careful}
                </span>
              )}
            </th>
            <td className="w-1/5 py-1.5 pr-3 break-words text-muted">{before}</td>
            <td className="py-1.5 break-words text-ink">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Sentences = ({ title, lines }: { title: string; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <section>
      <h3 className="label mb-1">{title}</h3>
      <ul className="flex flex-col gap-0.5 text-sm text-muted">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
