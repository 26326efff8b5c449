import { useMemo } from 'react';

import type { ChannelKindName } from '#shared/domain/attention/channel.ts';
import type { ChannelTemplate, PlaceholderValues } from '#shared/domain/attention/channel-template.ts';
import {
  DEFAULT_TEMPLATE,
  fillTemplate,
  PLACEHOLDERS,
  troubleOfTemplate,
} from '#shared/domain/attention/channel-template.ts';
import { fitSms } from '#shared/domain/attention/sms-text.ts';
import { t } from '#shared/words.ts';

import { Switch } from '../../../ui/controls.tsx';
import { Field, Input, TextArea } from '../../../ui/field.tsx';
import type { ChannelErrors } from './channel-draft.ts';

/** A made-up message, so that it shows what the words become. */
const EXAMPLE: PlaceholderValues = {
  title: t('My bot: LTV is 71 %'),
  body: t('Collateral is low.'),
  severity: t('High'),
  backend: t('My bot'),
  time: '2030-01-02 03:04:05 UTC',
  link: 'quarterdeck://alerts',
};

interface TemplateFieldsProps {
  kind: ChannelKindName;
  template: ChannelTemplate | null;
  errors: ChannelErrors;
  onChange: (template: ChannelTemplate | null) => void;
}

/** The person's own words for a channel, with what they look like there. */
export function TemplateFields({ kind, template, errors, onChange }: TemplateFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border border-line bg-raised px-4 py-3">
      <legend className="sr-only">{t('Words of a message')}</legend>
      <Field label={t('Own words')} help={t('Off: as Quarterdeck writes it, with the severity in front.')}>
        {(aria) => (
          <Switch
            {...aria}
            checked={template !== null}
            onChange={(own) => onChange(own ? DEFAULT_TEMPLATE : null)}
          />
        )}
      </Field>
      {template !== null && (
        <>
          <Field
            label={t('Title')}
            error={errors['template:title'] ?? troubleOfTemplate(template.title)}
            required
          >
            {(aria) => (
              <Input
                {...aria}
                maxLength={200}
                value={template.title}
                onChange={(event) => onChange({ ...template, title: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('Text')} error={errors['template:body'] ?? troubleOfTemplate(template.body)}>
            {(aria) => (
              <TextArea
                {...aria}
                rows={3}
                maxLength={1_000}
                value={template.body}
                onChange={(event) => onChange({ ...template, body: event.target.value })}
              />
            )}
          </Field>
          <dl className="grid gap-x-4 gap-y-0.5 text-xs text-faint sm:grid-cols-2">
            {Object.entries(PLACEHOLDERS).map(([name, words]) => (
              <div key={name} className="flex gap-1.5">
                <dt className="selectable font-mono text-muted">{`{${name}}`}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <Preview kind={kind} template={template ?? DEFAULT_TEMPLATE} />
    </fieldset>
  );
}

function Preview({ kind, template }: { kind: ChannelKindName; template: ChannelTemplate }) {
  const { title, body } = useMemo(() => fillTemplate(template, EXAMPLE, false), [template]);
  const sms = useMemo(() => (kind === 'sms' ? fitSms(`${title}. ${body}`) : null), [kind, title, body]);
  return (
    <figure
      aria-label={t('What it looks like')}
      className="rounded-md border border-line bg-surface px-3 py-2"
    >
      {sms === null ? (
        <>
          <p className="text-sm font-semibold break-words text-ink">{title}</p>
          <p className="text-sm break-words whitespace-pre-wrap text-muted">{body}</p>
        </>
      ) : (
        <p className="text-sm break-words text-ink">{sms.text}</p>
      )}
      <figcaption className="mt-1 text-2xs text-faint">
        {sms === null
          ? t('An example. Marks such as * or < stand as they are: nothing is read as formatting.')
          : smsWords(sms)}
      </figcaption>
    </figure>
  );
}

function smsWords({ cutOff, most }: ReturnType<typeof fitSms>): string {
  const why = most === 160 ? '' : t(', because of a letter outside the alphabet of SMS');
  const room = t('An example. {most} characters fit into one message{why}.', { most, why });
  return cutOff === '' ? room : t('{room} Cut off: “{cutOff}”.', { room, cutOff });
}
