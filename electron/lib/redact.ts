const HIDDEN = '[hidden]';

const SECRET_NAME =
  '(?:[\\w-]{0,40}(?:secret|token|passw(?:or)?d|passphrase|passcode|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|' +
  'old[_-]?key[_-]?id|new[_-]?key[_-]?id|credential|authorization|cookie|session[_-]?id|jwt|bearer|signature|mfa[_-]?code|' +
  'one[_-]?time[_-]?code|otp|seed[_-]?phrase|mnemonic|webhook|client[_-]?id|owner[_-]?id|user[_-]?id)[\\w-]{0,40}|auth|key|pin|pwd|sig|x-owner)';

/**
 * What a secret looks like in text that we did not write, most specific first. Each pattern is one pass without nested
 * repetition, so that hostile text costs time in proportion to its length.
 */
const RULES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g, HIDDEN],
  // Members of JSON, also where the text was cut off in the middle of one.
  [
    new RegExp(
      `((["'])${SECRET_NAME}\\2\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*(?:"|\\\\?$)|'[^']*(?:'|$)|-?[\\d.eE+]+|\\[[^\\]]*(?:\\]|$))`,
      'gi',
    ),
    `$1"${HIDDEN}"`,
  ],
  // The same where the JSON stands quoted inside another string.
  [
    new RegExp(`((\\\\+)"${SECRET_NAME}\\2"\\s*:\\s*)(?:\\2"[^]*?(?:(?<!\\\\)\\2"|$)|-?[\\d.eE+]+)`, 'gi'),
    `$1$2"${HIDDEN}$2"`,
  ],
  [/(\\*["']code\\*["']\s*:\s*)\\*"?\d{4,10}\\*"?/gi, `$1"${HIDDEN}"`],
  // Header lines, as they stand in a message or a log.
  [
    /\b((?:proxy-)?authorization|(?:set-)?cookie|x-(?:owner|owner-id|user-id|api-key|auth-token|access-token|csrf-token|cg-[\w-]*key))(["']?\s*[:=]\s*)[^\r\n]+/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\b(bearer)(\s+)[\w.~+/=-]{6,}/gi, `$1$2${HIDDEN}`],
  [/\b(basic|bot)(\s+)(?=\S{0,60}[\d=])[\w.~+/=-]{12,}/gi, `$1$2${HIDDEN}`],
  [/([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@"'<>]+@/gi, `$1${HIDDEN}@`],
  [/(\/api\/webhooks\/\d+\/)[\w-]+/gi, `$1${HIDDEN}`],
  [/(hooks\.slack\.com\/services\/)[\w/]+/gi, `$1${HIDDEN}`],
  // Parameters of an address or a form, and `name=value` in prose.
  [new RegExp(`(^|[?&;#\\s,{("'])(${SECRET_NAME}|code)=[^\\s&;#,"'<>)}]+`, 'gi'), `$1$2=${HIDDEN}`],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, HIDDEN],
  [
    /\b(?:sk|pk|rk|whsec|ghp|gho|ghs|ghu|glpat|github_pat|xox[a-z]|npm|AKIA|ASIA|AIza|SG|hf|shpat)[-_.]?[\w-]{14,}(?:\.[\w-]{10,})?/g,
    HIDDEN,
  ],
  [/\b\d{8,10}:[\w-]{30,}/g, HIDDEN],
  [/\b[MNO][\w-]{22,}\.[\w-]{5,7}\.[\w-]{25,}/g, HIDDEN],
  // Numbers of 17 to 20 digits: ids of people at Discord, which are all that a CoinRuler asks for. Not within a hex id.
  [/(?<![\da-f.])\d{17,20}(?![\da-f.])/g, HIDDEN],
  [/[\w.%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/gi, HIDDEN],
  [/\b(?:0x)?[0-9a-f]{40,}\b/gi, HIDDEN],
  // A long run of mixed letters and digits is a key more often than anything that a person needs to read.
  [/(?<![\w+-])(?=[\w+-]{0,80}\d)(?=[\w+-]{0,80}[a-z])(?=[\w+-]{0,80}[A-Z])[\w+-]{40,}={0,2}/g, HIDDEN],
];

/**
 * Takes out of a text whatever looks like a credential or names a person: keys, tokens, passwords, one-time codes,
 * owner ids, addresses of e-mail. Backends put such things into messages and errors; nothing of theirs is shown
 * in a diagnosis, logged or journaled without it. Ids of 24 hex digits, prices and plain words stay.
 */
export function redact(text: string): string {
  return RULES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** `redact`, cut to `limit` characters. Cut before as well: a text of ten megabytes costs no more than a short one. */
export function redactAndCut(text: string, limit: number): string {
  return redact(text.slice(0, limit * 2))
    .slice(0, limit)
    .toWellFormed();
}
