import { Ellipsis, Eye, Zap } from 'lucide-react';

import { t } from '#shared/words.ts';

import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { Offer } from './abilities.ts';
import { abilityKey } from './abilities.ts';

interface OfferMenuProps {
  offers: readonly Offer[];
  onOffer: (offer: Offer) => void;
}

/** What can be done with one row. Choosing opens the form with the row filled in; nothing is sent by it. */
export function OfferMenu({ offers, onOffer }: OfferMenuProps) {
  if (offers.length === 0) return null;
  return (
    <Menu
      label={t('With this row')}
      items={offers.map((offer) => ({
        id: abilityKey(offer.ability),
        label: offer.ability.descriptor.label,
        icon: offer.ability.kind === 'read' ? <Eye size={13} aria-hidden /> : <Zap size={13} aria-hidden />,
        onSelect: () => onOffer(offer),
      }))}
    >
      <Button size="sm" variant="ghost" aria-label={t('With this row')} className="w-7 px-0">
        <Ellipsis size={15} aria-hidden />
      </Button>
    </Menu>
  );
}
