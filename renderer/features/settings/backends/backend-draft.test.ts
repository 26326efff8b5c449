import { describe, expect, it } from 'vitest';

import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { backendConfig } from '#shared/domain/backends/backend.ts';

import type { BackendDraft } from './backend-draft.ts';
import { draftOf, needsPlainHttpConsent, newDraft, readDraft } from './backend-draft.ts';

const kind: BackendKindDescriptor = {
  kind: 'ruler',
  label: 'Ruler',
  summary: '',
  addressPlaceholder: '',
  secrets: [{ name: 'ownerId', label: 'Owner', help: '', required: true }],
  panic: { supported: true, does: [], doesNot: [], byHand: '' },
  reads: [],
  acts: [],
  chat: null,
  alertsWithoutSource: [],
};
const existing: BackendConfig = {
  id: 'my-bot',
  kind: 'ruler',
  name: 'My bot',
  address: 'https://bot.example.com',
  colour: '#7c83ff',
  practice: false,
  enabled: true,
  allowPlainHttp: false,
};
const context = { kind, before: null, taken: [existing], savedSecrets: new Set<string>() };
const draft = (change: Partial<BackendDraft> = {}): BackendDraft => ({
  ...newDraft(kind, [existing]),
  name: 'My Bot №2',
  address: 'http://localhost:3001/',
  secrets: { ownerId: ' 42 ' },
  ...change,
});
const errorsOf = (change: Partial<BackendDraft>, over = {}) => {
  const result = readDraft(draft(change), { ...context, ...over });
  return result.ok ? [] : Object.keys(result.errors);
};

describe('a backend as it is typed in', () => {
  it('becomes a configuration that the contract accepts, with trimmed secrets beside it', () => {
    const result = readDraft(draft(), context);
    if (!result.ok) throw new Error(JSON.stringify(result.errors));
    expect(backendConfig.parse(result.config)).toEqual(result.config);
    expect(result.config).toMatchObject({
      id: 'my-bot-no2',
      address: 'http://localhost:3001',
      practice: false,
    });
    expect(result.secrets).toEqual({ ownerId: '42' });
  });

  it('gets an id of its own, whatever its name is made of', () => {
    const ids = ['My bot!', '⚓', 'My bot?'].map((name) => {
      const result = readDraft(draft({ name }), context);
      return result.ok ? result.config.id : null;
    });
    expect(ids).toEqual(['my-bot-2', 'backend', 'my-bot-2']);
  });

  it('S3 plain HTTP beyond this machine needs the person to allow it', () => {
    expect(errorsOf({ address: 'http://192.168.1.4:3001' })).toEqual(['allowPlainHttp']);
    expect(errorsOf({ address: 'http://192.168.1.4:3001', allowPlainHttp: true })).toEqual([]);
    expect(
      ['http://127.0.0.1:1', 'http://[::1]:1', 'https://a.b', 'nonsense'].filter(needsPlainHttpConsent),
    ).toEqual([]);
    expect(needsPlainHttpConsent('http://127.0.0.1.evil.test')).toBe(true);
  });

  it('S1 credentials do not belong into an address', () => {
    expect(errorsOf({ address: 'https://me:secret@bot.example.com' })).toEqual(['address']);
    expect(errorsOf({ address: 'https://bot.example.com/?token=x' })).toEqual(['address']);
    expect(errorsOf({ address: 'ftp://bot.example.com' })).toEqual(['address']);
  });

  it('asks for what is missing, and takes a secret that is saved already', () => {
    expect(errorsOf({ name: ' ', secrets: {} })).toEqual(['name', 'secret:ownerId']);
    expect(errorsOf({ secrets: {} }, { savedSecrets: new Set(['ownerId']) })).toEqual([]);
    expect(errorsOf({ name: 'my BOT' })).toEqual(['name']);
  });

  it('keeps the id and the name when an existing one is edited', () => {
    const result = readDraft(draftOf(existing, kind), {
      ...context,
      before: existing,
      savedSecrets: new Set(['ownerId']),
    });
    expect(result.ok && result.config).toEqual(existing);
  });

  it('takes ws and wss where the kind is reached by WebSocket, under the same rules', () => {
    const hub = { ...kind, kind: 'hub', label: 'Hub', addressPlaceholder: 'ws://127.0.0.1:8765' };
    const at = (address: string, change: Partial<BackendDraft> = {}) =>
      errorsOf({ ...change, kind: 'hub', address }, { kind: hub });
    expect(at('ws://127.0.0.1:8765')).toEqual([]);
    expect(at('wss://hub.example.com/feed')).toEqual([]);
    expect(at('http://127.0.0.1:8765')).toEqual(['address']);
    expect(errorsOf({ address: 'ws://127.0.0.1:8765' })).toEqual(['address']);
    expect(at('ws://192.168.1.4:8765')).toEqual(['allowPlainHttp']);
    expect(at('ws://192.168.1.4:8765', { allowPlainHttp: true })).toEqual([]);
    expect(needsPlainHttpConsent('ws://192.168.1.4:8765')).toBe(true);
  });

  it('keeps options as texts, with the defaults of their kind and errors by name', () => {
    const tiered: BackendKindDescriptor = {
      ...kind,
      options: [
        {
          name: 'tier',
          label: 'Tier',
          type: 'choice',
          required: true,
          defaultValue: 'free',
          choices: [
            { value: 'free', label: 'Free' },
            { value: 'pro', label: 'Pro' },
          ],
        },
        { name: 'identity', label: 'Identity', type: 'text', required: false },
      ],
    };
    const over = { ...context, kind: tiered };
    const fresh = readDraft({ ...newDraft(tiered, [existing]), ...pick(draft()) }, over);
    expect(fresh.ok && fresh.config.options).toEqual({ tier: 'free' });
    const wrong = readDraft({ ...draft(), options: { tier: 'gold' } }, over);
    expect(wrong.ok ? [] : Object.keys(wrong.errors)).toEqual(['option:tier']);
    const saved = { ...existing, options: { tier: 'pro', identity: 'me' } };
    expect(draftOf(saved, tiered).options).toEqual({ tier: 'pro', identity: 'me' });
  });

  it('never takes the id of the listener for scripts', () => {
    const result = readDraft(draft({ name: 'Ingest' }), context);
    expect(result.ok && result.config.id).toBe('ingest-2');
  });
});

const pick = ({ name, address, secrets }: BackendDraft) => ({ name, address, secrets });

describe('a backend that is moved', () => {
  const saved = { ...context, before: existing, taken: [existing], savedSecrets: new Set(['ownerId']) };
  const before = { ...draftOf(existing, kind), name: 'My bot' };

  it('S3 asks for its secrets again when they would go elsewhere or another way', () => {
    expect(errorsOf(before, saved)).toEqual([]);
    for (const change of [
      { address: 'https://other.example.com' },
      { address: 'https://bot.example.com:8443' },
      { proxy: 'http://10.0.0.2:3128' },
      { authority: '-----BEGIN CERTIFICATE-----' },
    ])
      expect(errorsOf({ ...before, ...change }, saved)).toEqual(['secret:ownerId']);
    expect(errorsOf({ ...before, address: 'https://bot.example.com/api' }, saved)).toEqual([]);
  });

  it('keeps its proxy and its authority when something else is changed', () => {
    const network = { proxy: 'socks5://127.0.0.1:1080', authority: '-----BEGIN CERTIFICATE-----' };
    const config = { ...existing, network };
    const read = readDraft({ ...draftOf(config, kind), name: 'Renamed' }, { ...saved, before: config });
    expect(read.ok && read.config.network).toEqual(network);
  });

  it.each([
    '10.0.0.2:3128',
    'http://me:pass@10.0.0.2',
    'ftp://10.0.0.2',
    'http://10.0.0.2/path',
    'http://a:99999',
  ])('S1 refuses the proxy address %s', (proxy) => {
    expect(errorsOf({ proxy })).toContain('proxy');
  });
});
