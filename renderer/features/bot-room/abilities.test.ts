import { describe, expect, it } from 'vitest';

import type {
  ActDescriptor,
  BackendKindDescriptor,
  FieldDescriptor,
  ReadDescriptor,
} from '#shared/domain/backends/backend.ts';

import { abilityGroups, abilityKey, isAskedAtOnce, rowOffers } from './abilities.ts';

const field = (name: string, required = true): FieldDescriptor => ({
  name,
  label: name,
  type: 'text',
  required,
});
const read = (id: string, group: string, params: FieldDescriptor[] = []): ReadDescriptor => ({
  id,
  group,
  label: id,
  help: '',
  params,
  view: 'table',
  free: true,
});
const act = (
  id: string,
  group: string,
  params: FieldDescriptor[],
  scope: ActDescriptor['scope'] = 'backend',
): ActDescriptor => ({
  id,
  group,
  label: id,
  help: '',
  params,
  risk: 'neutral',
  scope,
});
const rules = read('rules', 'Rules');
const kind: BackendKindDescriptor = {
  kind: 'x',
  label: 'X',
  summary: '',
  addressPlaceholder: '',
  secrets: [],
  panic: { supported: false, does: [], doesNot: [], byHand: '' },
  reads: [rules, read('rules.metrics', 'Rules', [field('ruleId')]), read('rotation', 'Keys')],
  acts: [
    act('rules.on', 'Rules', [field('ruleId')]),
    act('rotate', 'Keys', [field('service')]),
    act('note', 'Keys', [field('text', false)]),
    act('approval.approve', 'Approvals', [field('approvalId')], 'item'),
  ],
  chat: null,
  alertsWithoutSource: [],
};

describe('what a backend can do', () => {
  it('is listed by group, reads first, without acts that belong to an item', () => {
    expect(abilityGroups(kind).map(({ name, abilities }) => [name, abilities.map(abilityKey)])).toEqual([
      ['Rules', ['read:rules', 'read:rules.metrics', 'act:rules.on']],
      ['Keys', ['read:rotation', 'act:rotate', 'act:note']],
    ]);
    expect(abilityGroups(kind, 'ROTAT').map(({ abilities }) => abilities.length)).toEqual([2]);
  });

  it('offers on a row what needs the row, and nothing that needs something else', () => {
    const offers = (from: ReadDescriptor, row: Record<string, string>) =>
      rowOffers(kind, from, row).map(({ ability, known }) => [ability.descriptor.id, known]);
    expect(offers(rules, { id: '7', name: 'Trim' })).toEqual([
      ['rules.metrics', { ruleId: '7' }],
      ['rules.on', { ruleId: '7' }],
    ]);
    expect(offers(read('rotation', 'Keys'), { id: '9', service: 'openai' })).toEqual([
      ['rotate', { service: 'openai' }],
    ]);
    expect(offers(rules, { name: 'no id' })).toEqual([]);
  });

  it('asks at once only what is free and needs nothing typed', () => {
    expect(isAskedAtOnce(rules)).toBe(true);
    expect(isAskedAtOnce({ ...rules, free: false })).toBe(false);
    expect(isAskedAtOnce({ ...rules, params: [field('ruleId')] })).toBe(false);
    expect(isAskedAtOnce({ ...rules, params: [field('limit', false)] })).toBe(true);
  });
});
