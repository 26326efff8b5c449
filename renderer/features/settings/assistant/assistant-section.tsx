import { Laptop, Server } from 'lucide-react';
import { useId, useState } from 'react';

import type { AssistantSettings, AssistantTool } from '#shared/domain/assistant/assistant.ts';
import { assistantTool } from '#shared/domain/assistant/assistant.ts';
import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../../bridge.ts';
import { changeSettings, useSettings } from '../../../stores/settings.ts';
import { toast } from '../../../stores/toasts.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Switch } from '../../../ui/controls.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { ConnectionSteps } from '../backends/connection-steps.tsx';
import { FormTrouble } from '../parts/form-trouble.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import type { AssistantErrors, AssistantTexts } from './assistant-texts.ts';
import { addressError, EXAMPLES, readTexts, textsOf, TOOL_WORDS } from './assistant-texts.ts';

/** Which language model is asked, where, and what it may read and propose. */
export function AssistantSection() {
  const assistant = useSettings()?.assistant;
  if (assistant === undefined) return null;
  return (
    <div className="flex flex-col gap-4">
      <Panel title={t('Assistant')}>
        <SettingRow
          label={t('Ask a language model')}
          help={t('It reads the desk for you and proposes. It cannot act. Off, nothing is ever sent to it.')}
        >
          <Switch
            aria-label={t('Ask a language model')}
            checked={assistant.enabled}
            disabled={!assistant.enabled && assistant.model === ''}
            onChange={(enabled) => void saveSetting({ assistant: { enabled } })}
          />
        </SettingRow>
        <ModelForm assistant={assistant} />
      </Panel>
      <ToolsPanel assistant={assistant} />
    </div>
  );
}

type Found = { steps: ConnectionTestStep[]; models: string[] };

function ModelForm({ assistant }: { assistant: AssistantSettings }) {
  const [texts, setTexts] = useState<AssistantTexts>(() => textsOf(assistant));
  const [key, setKey] = useState('');
  const [errors, setErrors] = useState<AssistantErrors>({});
  const [work, setWork] = useState<'test' | 'save' | 'forget' | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const { value: kept } = useRequest('assistant.key', {}, round);
  const listId = useId();
  const keptOrigin = kept?.origin ?? null;
  const keptHere = keptOrigin !== null && originOf(texts.address) === keptOrigin;

  const type = (part: Partial<AssistantTexts>): void => {
    setTexts((before) => ({ ...before, ...part }));
    setFound(null);
    setErrors({});
  };

  async function during(name: 'test' | 'save' | 'forget', run: () => Promise<void>): Promise<void> {
    setWork(name);
    setTrouble(null);
    try {
      await run();
    } catch (error) {
      setTrouble(describeError(error));
    }
    setWork(null);
  }

  const test = (): void => {
    const address = texts.address.trim();
    const wrong = addressError(address);
    if (wrong !== null) {
      setErrors({ address: wrong });
      return;
    }
    void during('test', async () => {
      setFound(null);
      setFound(await request('assistant.test', { address, model: texts.model, key: key.trim() }));
    });
  };

  const save = (): void => {
    const read = readTexts(texts);
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    void during('save', async () => {
      if (key.trim() !== '')
        await request('assistant.set-key', { address: read.values.address, key: key.trim() });
      await changeSettings({ assistant: { ...read.values, enabled: true } });
      setKey('');
      setTexts((before) => ({ ...before, address: read.values.address, model: read.values.model }));
      setRound((before) => before + 1);
      toast.success(t('The assistant is set up'), {
        description: t('{model} can be asked.', { model: read.values.model }),
      });
    });
  };

  return (
    <form
      noValidate
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (work === null) save();
      }}
    >
      <div className="flex flex-wrap gap-2" role="group" aria-label={t('Examples')}>
        {EXAMPLES.map(({ name, address, model, local }) => (
          <Button
            key={name}
            size="sm"
            icon={local ? <Laptop size={13} aria-hidden /> : <Server size={13} aria-hidden />}
            onClick={() => type({ address, ...(model === '' ? {} : { model }) })}
          >
            {name}
          </Button>
        ))}
      </div>
      <p className="text-xs leading-relaxed text-muted">
        {t(
          'A model on this computer is the safe choice: nothing that you ask or that it reads leaves it. Any server that speaks as OpenAI’s does will do.',
        )}
      </p>
      <Field
        label={t('Address')}
        required
        error={errors.address}
        help={t('Up to and with its version, such as /v1.')}
      >
        {(aria) => (
          <Input
            {...aria}
            className="font-mono"
            maxLength={500}
            placeholder="http://localhost:11434/v1"
            value={texts.address}
            onChange={(event) => type({ address: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('Model')} required error={errors.model} help={t('As the server names it.')}>
          {(aria) => (
            <>
              <Input
                {...aria}
                className="font-mono"
                list={listId}
                maxLength={200}
                value={texts.model}
                onChange={(event) => type({ model: event.target.value })}
              />
              <datalist id={listId}>
                {found?.models.map((model) => (
                  <option key={model} value={model} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field
          label={t('Key')}
          help={
            keptHere
              ? t('One is kept, encrypted, for this address alone. Type another to replace it.')
              : keptOrigin !== null
                ? t('One is kept for {keptOrigin}. It is not sent to another address.', { keptOrigin })
                : t('If the server wants one. Kept encrypted, and sent to this address alone.')
          }
        >
          {(aria) => (
            <span className="flex gap-2">
              <Input
                {...aria}
                type="password"
                className="min-w-0 flex-1 font-mono"
                maxLength={1_000}
                placeholder={keptHere ? t('•••••••• kept') : t('none')}
                value={key}
                onChange={(event) => {
                  setKey(event.target.value);
                  setFound(null);
                }}
              />
              {keptOrigin !== null && (
                <Button
                  variant="danger-quiet"
                  busy={work === 'forget'}
                  onClick={() =>
                    void during('forget', async () => {
                      await request('assistant.set-key', { address: '', key: '' });
                      setRound((before) => before + 1);
                    })
                  }
                >
                  {t('Remove')}
                </Button>
              )}
            </span>
          )}
        </Field>
        <Price
          label={t('Price of a million tokens in')}
          value={texts.inputPerMillion}
          error={errors.inputPerMillion}
          onChange={(inputPerMillion) => type({ inputPerMillion })}
        />
        <Price
          label={t('Price of a million tokens out')}
          value={texts.outputPerMillion}
          error={errors.outputPerMillion}
          onChange={(outputPerMillion) => type({ outputPerMillion })}
        />
      </div>
      {found !== null && <ConnectionSteps steps={found.steps} />}
      {found !== null && texts.model === '' && found.models.length > 0 && (
        <div className="flex flex-wrap gap-1.5" role="group" aria-label={t('Models that the server has')}>
          {found.models.slice(0, 12).map((model) => (
            <Button key={model} size="sm" className="font-mono" onClick={() => type({ model })}>
              {model}
            </Button>
          ))}
        </div>
      )}
      {trouble !== null && <FormTrouble words={trouble} />}
      <div className="flex justify-end gap-2">
        <Button busy={work === 'test'} disabled={work === 'save'} onClick={test}>
          {t('Test')}
        </Button>
        <Button type="submit" variant="primary" busy={work === 'save'}>
          {t('Save')}
        </Button>
      </div>
    </form>
  );
}

function Price({
  label,
  value,
  error,
  onChange,
}: {
  label: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <TextField
      label={label}
      error={error}
      help={t('In US dollars, from the provider’s list. Empty: only tokens are shown.')}
      inputMode="decimal"
      className="figures"
      maxLength={20}
      value={value}
      onText={onChange}
    />
  );
}

function ToolsPanel({ assistant }: { assistant: AssistantSettings }) {
  const off = new Set<AssistantTool>(assistant.toolsOff);
  const change = (tool: AssistantTool, on: boolean): void => {
    const toolsOff = on ? assistant.toolsOff.filter((one) => one !== tool) : [...assistant.toolsOff, tool];
    void saveSetting({ assistant: { toolsOff } });
  };
  return (
    <Panel title={t('What the model may read and propose')}>
      {assistantTool.options.map((tool) => {
        const { label, help } = TOOL_WORDS[tool];
        return (
          <SettingRow key={tool} label={label} help={help}>
            <Switch aria-label={label} checked={!off.has(tool)} onChange={(on) => change(tool, on)} />
          </SettingRow>
        );
      })}
    </Panel>
  );
}

function originOf(address: string): string | null {
  return URL.canParse(address.trim()) ? new URL(address.trim()).origin : null;
}
