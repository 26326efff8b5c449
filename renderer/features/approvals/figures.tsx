import { TriangleAlert } from 'lucide-react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { driftSince } from '#shared/domain/market/market-price.ts';
import { t } from '#shared/words.ts';

import { useEntry } from '../../stores/desk.ts';
import { usePriceNow } from '../../stores/price-now.ts';
import { Age } from '../../ui/age.tsx';
import { Money, Percent, Price, Quantity } from '../../ui/figures.tsx';
import { FlashOnChange } from '../../ui/flash-on-change.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { Stat } from '../../ui/panel.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';

/** The figures of a proposal then and now, with whose price it is and how old (A1, A3). */
export function ApprovalFigures({ approval }: { approval: Approval }) {
  const holding = useEntry('holdings', `${approval.backendId}/${approval.instrument ?? ''}`);
  const price = usePriceNow(approval);
  const isShare = approval.quantity === null && approval.allocationPct !== null;
  return (
    <div className="rounded-lg border border-line bg-canvas px-4 py-3">
      <dl className="grid grid-cols-3 gap-x-6 gap-y-3 min-[1280px]:grid-cols-6">
        <Stat label={isShare ? t('Share of balance') : t('Quantity')}>
          {isShare && approval.allocationPct !== null ? (
            `${formatQuantity(approval.allocationPct)}%`
          ) : (
            <Quantity value={approval.quantity} priceUsd={approval.priceThen} />
          )}
        </Stat>
        <Stat label={t('Value')}>
          <Money value={approval.valueUsd} />
        </Stat>
        <Stat label={t('Price then')}>
          <Price value={approval.priceThen} />
        </Stat>
        <Stat label={t('Price now')}>
          <FlashOnChange value={price?.price ?? null}>
            <Price value={price?.price ?? null} />
          </FlashOnChange>
        </Stat>
        <Stat label={t('Moved since')}>
          <Percent value={driftSince(approval, price)} />
        </Stat>
        <Stat label={t('Held now')}>
          <Quantity value={holding?.quantity ?? null} priceUsd={holding?.priceUsd ?? null} />
        </Stat>
      </dl>
      {approval.instrument !== null && (
        <p className="mt-2.5 border-t border-line pt-2 text-xs text-faint">
          {price === null ? (
            <span className="flex items-center gap-1.5 text-warn">
              <TriangleAlert size={12} aria-hidden />
              {t('No backend has a price of {instrument} that is fresh enough to compare with.', {
                instrument: approval.instrument,
              })}
            </span>
          ) : (
            <PriceSource {...price} own={price.backendId === approval.backendId} />
          )}
        </p>
      )}
    </div>
  );
}

function PriceSource({
  atMs,
  backendId,
  own,
  symbol,
}: {
  atMs: number;
  backendId: string;
  own: boolean;
  symbol: string;
}) {
  const name = useEntry('backends', backendId)?.name ?? backendId;
  return (
    <>
      <Sentence
        text={
          own
            ? t('Price now by {name} itself for {symbol}, {age}', SLOTS)
            : t('Price now by {name} for {symbol}, {age}', SLOTS)
        }
        parts={{
          name: <span className="text-muted">{name}</span>,
          symbol: <span className="text-muted">{symbol}</span>,
          age: <Age atMs={atMs} as="old" />,
        }}
      />
    </>
  );
}

const SLOTS = { name: slot('name'), symbol: slot('symbol'), age: slot('age') };
