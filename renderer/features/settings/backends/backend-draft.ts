import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backends/backend.ts';
import { INGEST_ID } from '#shared/domain/own-ids.ts';
import type { BackendNetwork } from '#shared/domain/backends/network.ts';
import { proxyTrouble, secretDestination } from '#shared/domain/backends/network.ts';
import { isLoopback } from '#shared/loopback.ts';
import { WATCH_ID } from '#shared/domain/own-ids.ts';
import { t } from '#shared/words.ts';

import type { FieldTexts } from '../../../ui/field-values.ts';
import { initialTexts, parseFieldTexts } from '../../../ui/field-values.ts';
import { readDecimal } from '../../../ui/typed-decimal.ts';

/** A backend as it is being typed in. Secrets are texts on their way to the vault; empty ones leave what is there. */
export interface BackendDraft {
  kind: string;
  name: string;
  address: string;
  colour: string;
  enabled: boolean;
  allowPlainHttp: boolean;
  /** The proxy's address and the certificates of a private authority; empty for none. */
  proxy: string;
  authority: string;
  /** How the person reaches the exchange behind it (K16). */
  exchange: string;
  /** Values of the kind's options, as typed. */
  options: FieldTexts;
  secrets: Readonly<Record<string, string>>;
}

export type DraftErrors = Readonly<Record<string, string>>;

/** Told apart on both themes, and none of them the colour of gain, loss or danger. */
export const BACKEND_COLOURS = [
  '#4f9be8',
  '#d98b3a',
  '#2fb7c9',
  '#c271e0',
  '#8fae3d',
  '#e0729f',
  '#7c83ff',
  '#a58a6a',
] as const;

export const newDraft = (kind: BackendKindDescriptor, taken: readonly BackendConfig[]): BackendDraft => ({
  kind: kind.kind,
  name: '',
  address: '',
  colour: BACKEND_COLOURS.find((colour) => taken.every((one) => one.colour !== colour)) ?? BACKEND_COLOURS[0],
  enabled: true,
  allowPlainHttp: false,
  proxy: '',
  authority: '',
  exchange: '',
  options: optionTexts(kind),
  secrets: {},
});

/** What the inputs for a kind's options hold at first: what is saved, else the defaults. */
export const optionTexts = (kind: BackendKindDescriptor | undefined, saved: FieldTexts = {}): FieldTexts =>
  initialTexts(kind?.options ?? [], saved);

export const draftOf = (
  { kind, name, address, colour, enabled, allowPlainHttp, network, exchange, options }: BackendConfig,
  descriptor: BackendKindDescriptor | undefined,
): BackendDraft => ({
  kind,
  name,
  address,
  colour,
  enabled,
  allowPlainHttp,
  proxy: network?.proxy ?? '',
  authority: network?.authority ?? '',
  exchange: exchange ?? '',
  options: optionTexts(descriptor, options),
  secrets: {},
});

/** What the address says about itself; `null` while it cannot be read as one. */
export function readAddress(text: string): { url: URL; plainHttp: boolean; loopback: boolean } | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  const security = SECURITY[url.protocol];
  if (security === undefined || url.hostname === '') return null;
  return {
    url,
    plainHttp: security === 'plain',
    loopback: isLoopback(url.hostname) || url.hostname.endsWith('.localhost'),
  };
}

const SECURITY: Readonly<Record<string, 'plain' | 'tls' | undefined>> = {
  'http:': 'plain',
  'https:': 'tls',
  'ws:': 'plain',
  'wss:': 'tls',
};

/** The two beginnings of an address that a kind is reached at, as its placeholder shows. */
export const schemesOf = (kind: BackendKindDescriptor | undefined): { plain: string; tls: string } =>
  /^wss?:/i.test(kind?.addressPlaceholder ?? '')
    ? { plain: 'ws:', tls: 'wss:' }
    : { plain: 'http:', tls: 'https:' };

/** Whether a connection without TLS (http, ws) to this address needs the person's word (S3). */
export function needsPlainHttpConsent(text: string): boolean {
  const address = readAddress(text);
  return address !== null && address.plainHttp && !address.loopback;
}

/**
 * Reads a draft into a configuration, or says what is wrong by field name (secrets under `secret:NAME`,
 * options under `option:NAME`). `savedSecrets` are the names that the vault has already.
 */
export function readDraft(
  draft: BackendDraft,
  context: {
    kind: BackendKindDescriptor | undefined;
    /** The configuration that is edited; `null` for a new backend. */
    before: BackendConfig | null;
    taken: readonly BackendConfig[];
    savedSecrets: ReadonlySet<string>;
  },
): { ok: true; config: BackendConfig; secrets: Record<string, string> } | { ok: false; errors: DraftErrors } {
  const { kind, before, taken, savedSecrets } = context;
  const errors: Record<string, string> = {};
  const name = draft.name.trim();
  const address = readAddress(draft.address);
  if (kind === undefined) errors.kind = t('Choose what it runs on.');
  if (name === '') errors.name = t('Give it a name.');
  else if (name.length > 60) errors.name = t('At most 60 letters.');
  else if (taken.some((one) => one.id !== before?.id && one.name.toLowerCase() === name.toLowerCase())) {
    errors.name = t('Another backend has this name.');
  }
  const schemes = schemesOf(kind);
  if (address === null) {
    errors.address = t('Type an address such as {tls}//bot.example.com or {plain}//localhost:3001.', {
      tls: schemes.tls,
      plain: schemes.plain,
    });
  } else if (address.url.protocol !== schemes.plain && address.url.protocol !== schemes.tls) {
    errors.address = t('{label} is reached at {plain}// or {tls}//.', {
      label: kind?.label ?? t('This kind'),
      plain: schemes.plain,
      tls: schemes.tls,
    });
  } else if (address.url.username !== '' || address.url.password !== '') {
    errors.address = t('Leave user name and password out of the address.');
  } else if (address.url.search !== '' || address.url.hash !== '') {
    errors.address = t('Leave out everything from the first ? or #.');
  } else if (address.plainHttp && !address.loopback && !draft.allowPlainHttp) {
    errors.allowPlainHttp = t('Use {tls}//, or allow it without TLS for this address.', { tls: schemes.tls });
  }
  const network = readNetwork(draft);
  const proxyWords = network?.proxy === undefined ? null : proxyTrouble(network.proxy);
  if (proxyWords !== null) errors.proxy = proxyWords;
  // What is saved goes where it was given for; elsewhere it is asked for again.
  const usesSaved = before === null || keepsDestination(before, draft);
  for (const secret of kind?.secrets ?? []) {
    const given = (draft.secrets[secret.name] ?? '').trim() !== '';
    if (secret.required && !given && !(usesSaved && savedSecrets.has(secret.name)))
      errors[`secret:${secret.name}`] = usesSaved
        ? t('Fill this in.')
        : t('It would go another way now. Type it again.');
  }
  const options = readOptions(kind, draft.options);
  for (const [option, words] of Object.entries(options.errors)) errors[`option:${option}`] = words;
  if (Object.keys(errors).length > 0 || address === null || kind === undefined) return { ok: false, errors };
  return {
    ok: true,
    config: {
      id: before?.id ?? uniqueId(name, taken),
      kind: kind.kind,
      name,
      address: address.url.href.replace(/\/+$/, ''),
      colour: draft.colour,
      practice: before?.practice ?? false,
      enabled: draft.enabled,
      allowPlainHttp: draft.allowPlainHttp && address.plainHttp && !address.loopback,
      ...(network === undefined ? {} : { network }),
      ...(draft.exchange.trim() === '' ? {} : { exchange: draft.exchange.trim() }),
      ...(Object.keys(options.texts).length === 0 ? {} : { options: options.texts }),
    },
    secrets: Object.fromEntries(
      Object.entries(draft.secrets).flatMap(([key, value]) =>
        value.trim() === '' ? [] : [[key, value.trim()]],
      ),
    ),
  };
}

/** The same for finding out what answers at the address: only how it is reached counts, by whatever scheme it is typed. */
export function readForDetection(
  draft: BackendDraft,
  kind: BackendKindDescriptor,
): ReturnType<typeof readDraft> {
  const anyKind = { ...kind, secrets: [], options: [], addressPlaceholder: draft.address.trim() };
  const plain = { ...draft, name: t('New bot'), options: {}, secrets: {} };
  return readDraft(plain, { kind: anyKind, before: null, taken: [], savedSecrets: new Set() });
}

/** An address under the scheme that a kind is reached by, secure where it was. */
export function addressFor(text: string, kind: BackendKindDescriptor | undefined): string {
  const address = readAddress(text);
  if (address === null) return text;
  const { plain, tls } = schemesOf(kind);
  return text.trim().replace(/^[a-z]+:/i, address.plainHttp ? plain : tls);
}

/** Whether a backend as it is typed in is reached where and how it was; if not, its saved secrets are not used (S3). */
function keepsDestination(before: BackendConfig, draft: BackendDraft): boolean {
  const url = readAddress(draft.address)?.url;
  const address = url === undefined ? draft.address : url.href.replace(/\/+$/, '');
  return secretDestination({ address, network: readNetwork(draft) }) === secretDestination(before);
}

function readNetwork({ proxy, authority }: BackendDraft): BackendNetwork | undefined {
  const network = {
    ...(proxy.trim() === '' ? {} : { proxy: proxy.trim().replace(/\/$/, '') }),
    ...(authority.trim() === '' ? {} : { authority: authority.trim() }),
  };
  return Object.keys(network).length === 0 ? undefined : network;
}

/** Checks the options as their kind describes them and keeps them as texts; empty ones are left out. */
function readOptions(
  kind: BackendKindDescriptor | undefined,
  typed: FieldTexts,
): { texts: Record<string, string>; errors: DraftErrors } {
  const fields = kind?.options ?? [];
  const parsed = parseFieldTexts(fields, typed);
  const texts = fields.flatMap(({ name, type }) => {
    const typedText = (typed[name] ?? '').trim();
    const text = type === 'number' ? (readDecimal(typedText) ?? '') : typedText;
    return text === '' ? [] : [[name, text] as const];
  });
  return { texts: Object.fromEntries(texts), errors: parsed.ok ? {} : parsed.errors };
}

/** "My Bot №2" → "my-bot-2", and "-2", "-3" … where that is taken. Fits the pattern of a backend id. */
function uniqueId(name: string, taken: readonly BackendConfig[]): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 34)
    .replace(/^-+|-+$/g, '');
  // Ids that begin with "channel-" are those of channels.
  const base = words === '' ? 'backend' : words.replace(/^channel(?=-)/, 'the-channel');
  let id = base;
  // The desk's own listener stands among the backends under its id.
  const isTaken = (wanted: string) =>
    wanted === INGEST_ID || wanted === WATCH_ID || taken.some((one) => one.id === wanted);
  for (let count = 2; isTaken(id); count += 1) id = `${base}-${count}`;
  return id;
}
