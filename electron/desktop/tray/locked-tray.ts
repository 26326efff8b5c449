import type { SecuritySettings } from '#shared/domain/settings/security.ts';
import { t } from '#shared/words.ts';

import type { TrayItem, TrayModel } from './tray-model.ts';

/** The tray of a locked desk: PANIC as always, the way back in, and of the rest what the person lets show. */
export function lockedTray(model: TrayModel, security: SecuritySettings): TrayModel {
  const isOpenView = security.whileLocked === 'read-only';
  const items = model.items.flatMap((item) => lockedItem(item, security, isOpenView));
  const needed = security.whileLocked === 'nothing' ? 0 : model.needed;
  return {
    icon: model.icon === 'needs-you' && needed === 0 ? 'calm' : model.icon,
    muted: model.muted,
    tooltip: isOpenView ? model.tooltip : lockedTooltip(model.icon === 'killed', needed),
    needed,
    items: items.filter((item, index) => item.kind !== 'separator' || items[index - 1]?.kind !== 'separator'),
  };
}

const lockedTooltip = (killed: boolean, needed: number): string =>
  [
    t('Quarterdeck is locked'),
    ...(killed ? [t('PANIC is on')] : []),
    ...(needed > 0 ? [t('{needed, plural, one {# needs} other {# need}} you', { needed })] : []),
  ].join(' · ');

function lockedItem(item: TrayItem, security: SecuritySettings, isOpenView: boolean): TrayItem[] {
  switch (item.kind) {
    case 'separator':
      return [item];
    case 'text':
      return isOpenView ? [item] : [];
    case 'check':
      // It changes a setting.
      return [];
    case 'submenu': {
      if (holdsPanic(item)) return [item];
      if (!isOpenView) return [];
      const items = item.items.flatMap((inner) => lockedItem(inner, security, isOpenView));
      return items.length === 0 ? [{ kind: 'text', label: item.label }] : [{ ...item, items }];
    }
    case 'act':
      if (item.act.kind === 'panic' || item.act.kind === 'quit') return [item];
      if (item.act.kind === 'decide') return isOpenView && security.decideWhileLocked ? [item] : [];
      if (item.act.kind !== 'open') return [];
      if (item.act.destination !== null) return isOpenView ? [item] : [];
      return [item.label === t('Open Quarterdeck') ? { ...item, label: t('Unlock Quarterdeck') } : item];
  }
}

const holdsPanic = (item: TrayItem): boolean =>
  item.kind === 'submenu' && item.items.some((inner) => inner.kind === 'act' && inner.act.kind === 'panic');
