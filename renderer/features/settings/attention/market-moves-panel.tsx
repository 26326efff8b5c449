import { useId, useState } from 'react';

import type { MarketMovesSettings } from '#shared/domain/alerts/market-moves.ts';
import { marketMovesSettings } from '#shared/domain/alerts/market-moves.ts';
import { t } from '#shared/words.ts';

import { Switch } from '../../../ui/controls.tsx';
import { Input } from '../../../ui/field.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { readDecimal, writeDecimal, writeGrouped } from '../../../ui/typed-decimal.ts';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';
import { percentageWords, readPercentages } from './asset-percentages.ts';

const set = (change: Partial<MarketMovesSettings>): void => void saveSetting({ marketMoves: change });
const { volatilityMinutes, volatilityPct, whaleUsd } = marketMovesSettings.shape;

/** From which size on the desk tells of a move of the market and of a large trade. */
export function MarketMovesPanel({ moves }: { moves: MarketMovesSettings }) {
  return (
    <Panel title={t('Market moves')}>
      <SettingRow
        label={t('Volatility')}
        help={t(
          'A price that moves so far within so long. One alert an asset and such a time, from fresh prices of any backend.',
        )}
      >
        <Typed
          label={t('Percent of a move')}
          unit="%"
          value={writeDecimal(moves.volatilityPct)}
          read={(text) => volatilityPct.unwrap().safeParse(readDecimal(text)).data}
          wrong={t('Type a number, such as {example}.', { example: writeDecimal('2.5') })}
          onSave={(next) => set({ volatilityPct: next })}
        />
        <Typed
          label={t('Minutes of a move')}
          unit={t('min')}
          value={String(moves.volatilityMinutes)}
          read={(text) => volatilityMinutes.unwrap().safeParse(Number(text)).data}
          wrong={t('Type a number, such as {example}.', { example: '15' })}
          onSave={(next) => set({ volatilityMinutes: next })}
        />
        <Switch
          aria-label={t('Volatility')}
          checked={moves.volatility}
          onChange={(volatility) => set({ volatility })}
        />
      </SettingRow>
      <SettingRow
        label={t('Other percentages')}
        help={t('For single assets, such as “{example}”. Empty: the one above for all.', {
          example: percentageWords({ BTC: '5', DOGE: '20' }),
        })}
      >
        <Typed
          width="words"
          label={t('Percentages by asset')}
          value={percentageWords(moves.volatilityPctOf)}
          read={readPercentages}
          wrong={t('Type a percentage for each asset, such as “{example}”.', {
            example: percentageWords({ BTC: '5', DOGE: '20' }),
          })}
          onSave={(next) => set({ volatilityPctOf: next })}
        />
      </SettingRow>
      <SettingRow
        label={t('Whales')}
        help={t(
          'A trade of at least so many dollars. Further ones of the asset within ten minutes are told together. What bots call a whale themselves is told as well.',
        )}
      >
        <Typed
          width="money"
          label={t('Dollars of a whale')}
          unit="$"
          value={writeGrouped(moves.whaleUsd)}
          read={(text) => whaleUsd.unwrap().safeParse(readDecimal(text)).data}
          wrong={t('Type a number, such as {example}.', { example: writeGrouped('500000') })}
          onSave={(next) => set({ whaleUsd: next })}
        />
        <Switch aria-label={t('Whales')} checked={moves.whales} onChange={(whales) => set({ whales })} />
      </SettingRow>
      <SettingRow
        label={t('Practice too')}
        help={t('Made-up prices and trades are told of as well, as PRACTICE.')}
      >
        <Switch
          aria-label={t('Market moves of practice')}
          checked={moves.practice}
          onChange={(practice) => set({ practice })}
        />
      </SettingRow>
    </Panel>
  );
}

const WIDTHS = { figure: 'figures !w-20', money: 'figures !w-32', words: 'figures !w-64' } as const;

interface TypedProps<T> {
  label: string;
  unit?: string;
  width?: keyof typeof WIDTHS;
  value: string;
  /** What the text says; `undefined` where it makes no sense. */
  read: (text: string) => T | undefined;
  /** Said of one that makes no sense. */
  wrong: string;
  onSave: (value: T) => void;
}

/** A value that is saved when the person leaves it or presses Enter; one that makes no sense is marked and not saved. */
function Typed<T>({ label, unit, width = 'figure', value, read, wrong, onSave }: TypedProps<T>) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrongId = useId();
  const text = typed ?? value;
  const isWrong = read(text.trim()) === undefined;
  const save = (): void => {
    const next = read(text.trim());
    if (typed === null || next === undefined) return;
    setTyped(null);
    if (typed.trim() !== value) onSave(next);
  };
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Input
        aria-label={label}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? wrongId : undefined}
        className={WIDTHS[width]}
        value={text}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
      {unit !== undefined && <span className="text-xs text-muted">{unit}</span>}
      {isWrong && (
        <span id={wrongId} role="alert" className="w-full text-2xs text-danger">
          {wrong}
        </span>
      )}
    </span>
  );
}
