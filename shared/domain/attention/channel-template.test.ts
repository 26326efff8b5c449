import { expect, it } from 'vitest';

import { DEFAULT_TEMPLATE, fillTemplate, troubleOfTemplate } from './channel-template.ts';

const values = {
  title: 'Bot: LTV is 71 %',
  body: 'Collateral is low. {link} $& {body}',
  severity: 'High',
  backend: 'Bot',
  time: '2030-01-02 03:04:05 UTC',
  link: 'quarterdeck://alerts',
};

it('fills in what stands in braces, and reads nothing that a bot wrote for more of them', () => {
  const template = { title: '[{backend}] {title} {', body: '{time}\n{body}' };
  expect(troubleOfTemplate(template.title)).toBeNull();
  expect(fillTemplate(template, values, false)).toEqual({
    title: '[Bot] Bot: LTV is 71 % {',
    body: '2030-01-02 03:04:05 UTC\nCollateral is low. {link} $& {body}',
  });
  expect(fillTemplate(DEFAULT_TEMPLATE, values, false).title).toBe('High: Bot: LTV is 71 %');
});

it.each(['{prise}', 'x {Title}', '{}', '{ title }', '{constructor}', '{__proto__}'])(
  'refuses %s, and says what there is',
  (text) => {
    expect(troubleOfTemplate(text)).toContain('stands for nothing. There are {title} {body}');
  },
);

it('a practice message says so, whatever the template leaves out', () => {
  const filled = (title: string) => fillTemplate({ title, body: '' }, values, true).title;
  expect(filled('{severity}')).toBe('PRACTICE · High');
  expect(fillTemplate(DEFAULT_TEMPLATE, { ...values, title: 'PRACTICE · Bot' }, true).title).toBe(
    'High: PRACTICE · Bot',
  );
});
