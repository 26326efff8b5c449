import { describe, expect, it } from 'vitest';

import { redact, redactAndCut } from './redact.ts';

const leaks: [name: string, text: string, secret: string][] = [
  ['a bearer token', 'Authorization: Bearer abc.DEF-123_x', 'abc.DEF'],
  ['a bearer token in prose', 'the header was "bearer s3cr3tvalue" again', 's3cr3tvalue'],
  ['basic credentials', 'sent Basic dXNlcjpwYXNzd29yZA== to it', 'dXNlcjpw'],
  ['the owner header', 'X-Owner-Id: 80351110224678912', '80351110224678912'],
  ['the owner header with a plain word', 'x-owner: captain', 'captain'],
  ['an owner id in JSON', '{"ownerId":"captain","ok":true}', 'captain'],
  ['an owner id that acted', '{"actedBy":"80351110224678912"}', '80351110224678912'],
  ['a cookie line', 'Set-Cookie: sid=verysecret; Path=/', 'verysecret'],
  ['a token in an address', 'GET /api/trading/stream/4?token=abc123&x=1', 'abc123'],
  ['an API key in an address', '/data?symbol=BTC&api_key=k-77', 'k-77'],
  ['a code of a sign-in', '/callback?code=q1w2e3&state=ok', 'q1w2e3'],
  ['a password in an address', 'mongodb+srv://admin:hunter2@db.example/x', 'hunter2'],
  ['a JWT', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl back', 'eyJzdWIiOiIxIn0'],
  ['a JSON member', '{"accessToken": "t-1", "n": 1}', 't-1'],
  ['a JSON member with quotes inside', '{"secret":"a\\"b-hidden","n":1}', 'b-hidden'],
  ['a JSON member cut off in its value', '{"n":1,"password":"halfway', 'halfway'],
  ['JSON quoted inside JSON', '{"body":"{\\"apiKey\\":\\"inner-1\\"}"}', 'inner-1'],
  ['a list of secrets', '{"tokens":["first-1","second-2"]}', 'second-2'],
  ['a numeric one-time code', '{"mfaCode":123456}', '123456'],
  ['a one-time code named code', '{"code":"918273"}', '918273'],
  ['the old key of a rotation', '{"service":"openai","oldKeyId":"plain-old-key"}', 'plain-old-key'],
  ['an OpenAI key', 'Incorrect API key provided: sk-proj-abcdEFGH12345678', 'abcdEFGH12345678'],
  ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', 'IOSFODNN7'],
  ['a Telegram token', '123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc', 'AAEhBOweik6ad9r'],
  ['a Discord webhook', 'https://discord.com/api/webhooks/123/AbC-dEf_9', 'AbC-dEf_9'],
  ['an e-mail address', 'failed for jane.doe+bots@mail.example.org', 'jane.doe'],
  ['a private key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----', 'MHcCAQEE'],
  ['a long hex key', `key ${'0f'.repeat(32)} used`, '0f0f0f'],
  ['a long mixed key', 'got Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG0 here', 'Zm9vYmFy'],
];

describe('redact', () => {
  it.each(leaks)('D5 S1 hides %s', (_name, text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain('[hidden]');
  });

  it.each([
    '{"type":"approval:created","data":{"_id":"6b00d3f0a891bfc23513abb6","coin":"BTC","amount":0.0075}}',
    'trade practice-6951fcc56072483000020155 and approval 69505607248300002010000f',
    '{"price":0.12345678901234567,"ts":"2026-11-20T23:12:47.961Z","at":1795216370252}',
    '{"error":"Unauthorized","code":"SESSION_INVALID"}',
    'The bot proposes a trade; a basic understanding is required.',
    'GET /portfolio/changes?since=2026-11-20&limit=25',
    'order dry-run-1795216370252 is done',
  ])('leaves alone what a diagnosis needs: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('keeps the JSON around a hidden member readable', () => {
    expect(JSON.parse(redact('{"token":"abc","n":1,"pin":42}'))).toEqual({
      token: '[hidden]',
      n: 1,
      pin: '[hidden]',
    });
  });

  it('D5 gets through text that is made to explode nested repetition', () => {
    // Backtracking over these would not end within the limit of the test runner.
    for (const unit of [
      'token',
      '"a',
      'a.',
      '\\"',
      'eyJ',
      '-----BEGIN A PRIVATE KEY',
      'http://',
      '"token":"\\',
    ]) {
      expect(redact(unit.repeat(20_000)).length).toBeGreaterThan(0);
    }
  });
});

describe('redactAndCut', () => {
  it('D5 keeps at most the asked length and never half a character', () => {
    const cut = redactAndCut('x'.repeat(1_999) + '\u{1F600}'.repeat(50), 2_000);
    expect(cut.length).toBe(2_000);
    expect(cut.isWellFormed()).toBe(true);
  });

  it('D5 hides a secret that the cut runs through', () => {
    expect(redactAndCut(`{"n":"${'x'.repeat(60)}","token":"abcdefghij`, 80)).not.toContain('abc');
  });
});
