import type { BackendConfig, BackendKindDescriptor } from '#shared/domain/backend.ts';

/** A backend as it is being typed in. Secrets are texts on their way to the vault; empty ones leave what is there. */
export interface BackendDraft {
  kind: string;
  name: string;
  address: string;
  colour: string;
  enabled: boolean;
  allowPlainHttp: boolean;
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
  secrets: {},
});

export const draftOf = ({
  kind,
  name,
  address,
  colour,
  enabled,
  allowPlainHttp,
}: BackendConfig): BackendDraft => ({
  kind,
  name,
  address,
  colour,
  enabled,
  allowPlainHttp,
  secrets: {},
});

/** What the address says about itself; `null` while it cannot be read as one. */
export function readAddress(text: string): { url: URL; plainHttp: boolean; loopback: boolean } | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return { url, plainHttp: url.protocol === 'http:', loopback: isLoopback(url.hostname) };
}

/** Whether plain HTTP to this address needs the person's word (S3). */
export function needsPlainHttpConsent(text: string): boolean {
  const address = readAddress(text);
  return address !== null && address.plainHttp && !address.loopback;
}

/**
 * Reads a draft into a configuration, or says what is wrong by field name (secrets under `secret:NAME`). `savedSecrets`
 * are the names that the vault has already.
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
  if (kind === undefined) errors.kind = 'Choose what it runs on.';
  if (name === '') errors.name = 'Give it a name.';
  else if (name.length > 60) errors.name = 'At most 60 letters.';
  else if (taken.some((one) => one.id !== before?.id && one.name.toLowerCase() === name.toLowerCase())) {
    errors.name = 'Another backend has this name.';
  }
  if (address === null)
    errors.address = 'Type an address such as https://bot.example.com or http://localhost:3001.';
  else if (address.url.username !== '' || address.url.password !== '') {
    errors.address = 'Leave user name and password out of the address.';
  } else if (address.url.search !== '' || address.url.hash !== '') {
    errors.address = 'Leave out everything from the first ? or #.';
  } else if (address.plainHttp && !address.loopback && !draft.allowPlainHttp) {
    errors.allowPlainHttp = 'Use https, or allow plain HTTP for this address.';
  }
  for (const secret of kind?.secrets ?? []) {
    const given = (draft.secrets[secret.name] ?? '').trim() !== '';
    if (secret.required && !given && !savedSecrets.has(secret.name))
      errors[`secret:${secret.name}`] = 'Fill this in.';
  }
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
    },
    secrets: Object.fromEntries(
      Object.entries(draft.secrets).flatMap(([key, value]) =>
        value.trim() === '' ? [] : [[key, value.trim()]],
      ),
    ),
  };
}

/** "My Bot №2" → "my-bot-2", and "-2", "-3" … where that is taken. Fits the pattern of a backend id. */
function uniqueId(name: string, taken: readonly BackendConfig[]): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 34)
    .replace(/^-+|-+$/g, '');
  const base = words === '' ? 'backend' : words;
  let id = base;
  for (let count = 2; taken.some((one) => one.id === id); count += 1) id = `${base}-${count}`;
  return id;
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}
