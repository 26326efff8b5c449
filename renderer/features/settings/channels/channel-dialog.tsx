import { Check, X } from 'lucide-react';
import { useId, useState } from 'react';

import type {
  ChannelConfig,
  ChannelDelivery,
  ChannelKindDescriptor,
} from '#shared/domain/attention/channel.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { toast } from '../../../stores/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { ChannelDraft, ChannelErrors } from './channel-draft.ts';
import { channelDraftOf, newChannelDraft, readChannelDraft } from './channel-draft.ts';
import { ChannelFields } from './channel-fields.tsx';
import { FormTrouble } from '../parts/form-trouble.tsx';

interface ChannelDialogProps {
  kinds: readonly ChannelKindDescriptor[];
  /** The channel to change; `null` adds one. */
  before: ChannelConfig | null;
  savedSecrets: ReadonlySet<string>;
  onClose: () => void;
}

/** Adds a channel, or changes one. What is typed can be tested before it is saved. */
export function ChannelDialog({ kinds, before, savedSecrets, onClose }: ChannelDialogProps) {
  const kindOf = (name: string) => kinds.find((one) => one.kind === name);
  const first = kindOf(before?.kind ?? 'telegram') ?? kinds[0];
  const [draft, setDraft] = useState<ChannelDraft | null>(() =>
    first === undefined ? null : before === null ? newChannelDraft(first) : channelDraftOf(before, first),
  );
  const [errors, setErrors] = useState<ChannelErrors>({});
  const [work, setWork] = useState<'test' | 'save' | null>(null);
  const [tested, setTested] = useState<ChannelDelivery[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const formId = useId();
  const kind = draft === null ? undefined : kindOf(draft.kind);
  if (draft === null || kind === undefined) return null;

  async function run(wanted: 'test' | 'save'): Promise<void> {
    if (draft === null || kind === undefined) return;
    const newId = (): string => `${draft.kind}-${crypto.randomUUID().slice(0, 8)}`;
    const read = readChannelDraft(draft, { kind, before, savedSecrets, newId });
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    const { config, secrets } = read;
    setTrouble(null);
    setTested(null);
    setWork(wanted);
    try {
      if (wanted === 'test') {
        setTested(await request('channels.test', { config, secrets }));
      } else {
        await request('channels.save', { config, secrets });
        toast.success(t('{name} was saved', { name: config.name }));
        onClose();
      }
    } catch (error) {
      setTrouble(describeError(error));
    }
    setWork(null);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={before === null ? t('Add a channel') : t('Change {name}', { name: before.name })}
      description={t('A test sends one message to each recipient, and says what became of it.')}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button busy={work === 'test'} disabled={work === 'save'} onClick={() => void run('test')}>
            {t('Test')}
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={work === 'save'}>
            {t('Save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (work === null) void run('save');
        }}
      >
        <ChannelFields
          kinds={kinds}
          kind={kind}
          draft={draft}
          errors={errors}
          kindFixed={before !== null}
          savedSecrets={savedSecrets}
          onChange={(next) => {
            setDraft(next);
            setTested(null);
          }}
        />
        {tested !== null && <TestResult deliveries={tested} />}
        {trouble !== null && <FormTrouble words={trouble} />}
      </form>
    </Dialog>
  );
}

/** What became of the test message, a line a recipient. */
function TestResult({ deliveries }: { deliveries: readonly ChannelDelivery[] }) {
  return (
    <ul role="status" className="divide-y divide-line rounded-md border border-line">
      {deliveries.map(({ recipient, result, reason }) => {
        const arrived = result === 'delivered';
        const Icon = arrived ? Check : X;
        return (
          <li key={recipient} className="flex items-start gap-2.5 px-3 py-2 text-sm">
            <Icon size={15} aria-hidden className={arrived ? 'mt-0.5 text-ok' : 'mt-0.5 text-danger'} />
            <span className="selectable min-w-0 flex-1 break-words">
              {recipient !== '' && <span className="font-medium text-ink">{recipient}: </span>}
              <span className={arrived ? 'text-ok' : 'text-danger'}>
                {arrived ? t('The service took it.') : (reason ?? t('It was not taken.'))}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
