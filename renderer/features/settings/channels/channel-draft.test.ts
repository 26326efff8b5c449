import { expect, it } from 'vitest';

import type { ChannelKindDescriptor } from '#shared/domain/attention/channel.ts';

import { channelDraftOf, newChannelDraft, readChannelDraft } from './channel-draft.ts';

const kind: ChannelKindDescriptor = {
  kind: 'email',
  label: 'E-mail',
  summary: '',
  options: [
    { name: 'host', label: 'Mail server', type: 'text', required: true },
    { name: 'port', label: 'Port', type: 'number', required: true, defaultValue: '587', min: 1, max: 65_535 },
  ],
  secrets: [{ name: 'password', label: 'Password', help: '', required: true }],
  recipients: { label: 'To', help: '', placeholder: '' },
};
const around = { kind, before: null, savedSecrets: new Set<string>(), newId: () => 'new' };

it('says by field what is missing', () => {
  const read = readChannelDraft({ ...newChannelDraft(kind), name: ' ' }, around);
  expect(read).toEqual({
    ok: false,
    errors: {
      name: 'Fill this in.',
      'option:host': 'Fill this in.',
      'secret:password': 'Fill this in.',
      recipients: 'Fill this in.',
    },
  });
});

it('reads recipients one a line, and texts of options', () => {
  const draft = {
    ...newChannelDraft(kind),
    recipients: 'a@b.c\n\n d@e.f ,g@h.i',
    options: { host: 'mail.example.com', port: '25' },
    secrets: { password: 'x' },
  };
  expect(readChannelDraft(draft, around)).toMatchObject({
    ok: true,
    config: {
      id: 'new',
      enabled: true,
      recipients: ['a@b.c', 'd@e.f', 'g@h.i'],
      options: { host: 'mail.example.com', port: '25' },
    },
    secrets: { password: 'x' },
  });
});

it('keeps what is saved: a secret that is not typed again, its id, and that it is off', () => {
  const before = {
    id: 'mine',
    kind: 'email' as const,
    name: 'Mail',
    enabled: false,
    minSeverity: 'critical' as const,
    practice: true,
    recipients: ['a@b.c'],
    options: { host: 'h', port: '25' },
  };
  const read = readChannelDraft(channelDraftOf(before, kind), {
    ...around,
    before,
    savedSecrets: new Set(['password']),
  });
  expect(read).toEqual({ ok: true, config: before, secrets: {} });
});

it('keeps the words of a template, and refuses a placeholder that stands for nothing', () => {
  const filled = {
    ...newChannelDraft(kind),
    recipients: 'a@b.c',
    options: { host: 'mail.example.com', port: '25' },
    secrets: { password: 'x' },
  };
  const template = { title: '{backend}: {title}', body: '{body}' };
  expect(readChannelDraft({ ...filled, template }, around)).toMatchObject({ config: { template } });
  const wrong = { title: ' ', body: '{boddy}' };
  expect(readChannelDraft({ ...filled, template: wrong }, around)).toMatchObject({
    errors: { 'template:title': 'Fill this in.' },
  });
});
