import { Radar } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';

import type { BackendKindDescriptor, ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import type { FoundAtAddress } from '#shared/ipc/detect-requests.ts';
import type { VaultStatus } from '#shared/ipc/vault-requests.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { useEntry, useSliceValues } from '../../../stores/desk.ts';
import { useKinds, useKindsStore } from '../../../stores/kinds.ts';
import { toast } from '../../../stores/toasts.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import type { BackendDraft, DraftErrors } from './backend-draft.ts';
import { addressFor, draftOf, newDraft, optionTexts, readDraft, readForDetection } from './backend-draft.ts';
import { BackendFields } from './backend-fields.tsx';
import { ConnectionSteps } from './connection-steps.tsx';
import { FoundKinds } from './found-kinds.tsx';
import { WhatItOffers } from './what-it-offers.tsx';
import { offerRehearsal } from '../../first-hour/guide.ts';
import { FormTrouble } from '../parts/form-trouble.tsx';

interface BackendDialogProps {
  /** The backend to edit; `null` connects a new one. */
  backendId: string | null;
  onClose: () => void;
}

/** Connects a bot, or changes how it is reached. What is typed is tested before it is saved. */
export function BackendDialog({ backendId, onClose }: BackendDialogProps) {
  const kinds = useKinds();
  const kindsTrouble = useKindsStore((state) => state.trouble);
  const vault = useRequest('vault.status', {});
  const trouble = kindsTrouble ?? vault.trouble;
  const first = kinds === null ? undefined : [...kinds.values()][0];

  if (first === undefined || vault.value === null) {
    return (
      <Frame isNew={backendId === null} onClose={onClose}>
        {trouble === null ? (
          <SkeletonRows count={4} />
        ) : (
          <ErrorState title={t('The form could not be prepared')} message={trouble} onRetry={vault.reload} />
        )}
      </Frame>
    );
  }
  return (
    <BackendForm
      backendId={backendId}
      kinds={[...(kinds?.values() ?? [])]}
      first={first}
      savedSecrets={
        new Set(
          vault.value.secrets.filter((secret) => secret.backendId === backendId).map(({ name }) => name),
        )
      }
      protection={vault.value.protection}
      onClose={onClose}
    />
  );
}

interface FrameProps {
  isNew: boolean;
  onClose: () => void;
  footer?: ReactNode;
  children: ReactNode;
}

const Frame = ({ isNew, onClose, footer, children }: FrameProps) => (
  <Dialog
    open
    onOpenChange={(open) => !open && onClose()}
    title={isNew ? t('Connect your bot') : t('Change the connection')}
    description={t('It is tested step by step before anything is saved. The test reads and changes nothing.')}
    footer={footer}
  >
    {children}
  </Dialog>
);

interface BackendFormProps extends BackendDialogProps {
  kinds: readonly BackendKindDescriptor[];
  first: BackendKindDescriptor;
  savedSecrets: ReadonlySet<string>;
  protection: VaultStatus['protection'];
}

type Work = { kind: 'idle' } | { kind: 'testing' } | { kind: 'detecting' } | { kind: 'saving' };

function BackendForm({ backendId, kinds, first, savedSecrets, protection, onClose }: BackendFormProps) {
  const before = useEntry('backends', backendId) ?? null;
  const taken = useSliceValues('backends');
  const [draft, setDraft] = useState<BackendDraft>(() =>
    before === null
      ? newDraft(first, taken)
      : draftOf(
          before,
          kinds.find((one) => one.kind === before.kind),
        ),
  );
  const [errors, setErrors] = useState<DraftErrors>({});
  const [work, setWork] = useState<Work>({ kind: 'idle' });
  const [steps, setSteps] = useState<ConnectionTestStep[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  /** Kinds that answer at the address; `null` until that was tried. */
  const [found, setFound] = useState<FoundAtAddress | null>(null);
  const kind = kinds.find((one) => one.kind === draft.kind);
  const failed = steps?.some(({ outcome }) => outcome === 'failed') ?? false;
  /** What stands there was tested and works: to save it needs no second test of the same. */
  const proven = steps !== null && !failed;

  function change(next: BackendDraft): void {
    setDraft(next);
    // What was tested is no longer what stands there.
    setSteps(null);
    if (next.address !== draft.address) setFound(null);
    setTrouble(null);
  }

  async function run(mode: 'test' | 'test-and-save' | 'save'): Promise<void> {
    const read = readDraft(draft, { kind, before, taken, savedSecrets });
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    const { config, secrets } = read;
    setTrouble(null);
    try {
      if (mode !== 'save') {
        setSteps(null);
        setWork({ kind: 'testing' });
        const walked = await request('backends.test', { config, secrets });
        setSteps(walked);
        // Another kind of bot may be what answers there: said at once, instead of a riddle.
        if (before === null && stopsAtTheDoor(walked)) await detect();
        if (mode === 'test' || walked.some(({ outcome }) => outcome === 'failed')) return;
      }
      setWork({ kind: 'saving' });
      await request('backends.save', { config, secrets });
      toast.success(
        before === null
          ? t('{name} is connected', { name: config.name })
          : t('{name} was changed', { name: config.name }),
      );
      onClose();
      const works = mode === 'test-and-save' || proven;
      if (before === null && works && kind?.panic.supported === true) offerRehearsal(config.name);
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setWork({ kind: 'idle' });
    }
  }

  async function detect(): Promise<void> {
    const read = readForDetection(draft, kind ?? first);
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    setTrouble(null);
    setWork({ kind: 'detecting' });
    try {
      setFound(await request('backends.detect', { config: read.config }));
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setWork({ kind: 'idle' });
    }
  }

  function use(next: string): void {
    const chosen = kinds.find((one) => one.kind === next);
    change({
      ...draft,
      kind: next,
      address: addressFor(draft.address, chosen),
      secrets: {},
      options: optionTexts(chosen),
    });
  }

  const formId = useId();
  const footer = (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button
        busy={work.kind === 'testing'}
        disabled={work.kind === 'saving'}
        onClick={() => void run('test')}
      >
        {t('Test')}
      </Button>
      {failed && (
        <Button busy={work.kind === 'saving'} onClick={() => void run('save')}>
          {t('Save all the same')}
        </Button>
      )}
      <Button type="submit" form={formId} variant="primary" busy={work.kind !== 'idle'}>
        {proven ? t('Save') : t('Test and save')}
      </Button>
    </>
  );

  return (
    <Frame isNew={before === null} onClose={onClose} footer={footer}>
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (work.kind === 'idle') void run(proven ? 'save' : 'test-and-save');
        }}
      >
        <BackendFields
          draft={draft}
          onChange={change}
          errors={errors}
          kinds={kinds}
          kindFixed={before !== null}
          savedSecrets={savedSecrets}
          protection={protection}
          afterAddress={
            before === null && (
              <div className="-mt-2 flex flex-col gap-2">
                {found !== null && (
                  <FoundKinds
                    trouble={found.trouble}
                    found={found.kinds.flatMap((one) => kinds.filter(({ kind: name }) => name === one))}
                    chosen={draft.kind}
                    onUse={use}
                  />
                )}
                <Button
                  size="sm"
                  variant="ghost"
                  className="self-start"
                  busy={work.kind === 'detecting'}
                  disabled={draft.address.trim() === '' || work.kind !== 'idle'}
                  icon={<Radar size={14} aria-hidden />}
                  onClick={() => void detect()}
                >
                  {t('Find out what runs there')}
                </Button>
              </div>
            )
          }
        />
        {work.kind === 'testing' && (
          <Spinner size={14} label={t('Testing: finding the address, connecting, reading')} />
        )}
        {steps !== null && <ConnectionSteps steps={steps} />}
        {proven && kind !== undefined && <WhatItOffers kind={kind} />}
        {trouble !== null && <FormTrouble words={trouble} />}
      </form>
    </Frame>
  );
}

/** Whether the test came no further than the address: something else may be what answers there. */
const stopsAtTheDoor = (steps: readonly ConnectionTestStep[]): boolean =>
  steps.slice(0, 2).some(({ outcome }) => outcome === 'failed') && steps[0]?.outcome !== 'failed';
