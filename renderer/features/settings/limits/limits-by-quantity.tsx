import { Plus, Trash2 } from 'lucide-react';

import { t } from '#shared/words.ts';

import { useSliceValues } from '../../../stores/desk.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Input } from '../../../ui/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { LimitErrors, QuantityText } from './limit-texts.ts';

interface LimitsByQuantityProps {
  quantities: readonly QuantityText[];
  errors: LimitErrors;
  onChange: (quantities: QuantityText[]) => void;
}

/** How much of one asset a single decision may be about, for all backends or for one. */
export function LimitsByQuantity({ quantities, errors, onChange }: LimitsByQuantityProps) {
  const backends = useSliceValues('backends');
  const options = [
    { value: '', label: t('All backends') },
    ...backends.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const change = (index: number, part: Partial<QuantityText>): void =>
    onChange(quantities.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <Panel
      title={t('Quantity of one asset')}
      actions={
        <Button
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          onClick={() => onChange([...quantities, { instrument: '', backendId: '', soft: '', hard: '' }])}
        >
          {t('Add an asset')}
        </Button>
      }
    >
      {quantities.length === 0 && (
        <p className="px-4 py-3 text-xs text-muted">
          {t(
            'No asset is limited by quantity. With a limit of 2 ETH, nothing about more than that goes through.',
          )}
        </p>
      )}
      <ul className="divide-y divide-line">
        {quantities.map((quantity, index) => (
          <li key={index} className="flex flex-col gap-1.5 px-4 py-3">
            <div className="flex flex-wrap items-center gap-2">
              <Input
                aria-label={t('Asset {index}', { index: index + 1 })}
                placeholder="ETH"
                className="!w-24 uppercase"
                value={quantity.instrument}
                onChange={(event) => change(index, { instrument: event.target.value })}
              />
              <Select
                aria-label={t('Backend of asset {index}', { index: index + 1 })}
                className="w-44"
                value={quantity.backendId}
                options={options}
                onChange={(backendId) => change(index, { backendId })}
              />
              <Input
                aria-label={t('Ask again above, asset {index}', { index: index + 1 })}
                placeholder={t('ask above')}
                inputMode="decimal"
                className="figures !w-28"
                value={quantity.soft}
                onChange={(event) => change(index, { soft: event.target.value })}
              />
              <Input
                aria-label={t('Refuse above, asset {index}', { index: index + 1 })}
                placeholder={t('refuse above')}
                inputMode="decimal"
                className="figures !w-28"
                value={quantity.hard}
                onChange={(event) => change(index, { hard: event.target.value })}
              />
              <IconButton
                size="sm"
                label={t('Take the limit on asset {index} away', { index: index + 1 })}
                icon={<Trash2 size={14} aria-hidden />}
                onClick={() => onChange(quantities.filter((_, at) => at !== index))}
              />
            </div>
            {errors[`quantity:${index}`] !== undefined && (
              <p className="text-xs text-danger">{errors[`quantity:${index}`]}</p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
