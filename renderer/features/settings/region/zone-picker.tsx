import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { useState } from 'react';

import { t } from '#shared/words.ts';

import { nowMs } from '../../../stores/clock.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { knownZones, systemZone, zoneLine, zoneWords } from './zone-words.ts';

interface ZonePickerProps {
  /** `null` is the computer's own. */
  value: string | null;
  onChange: (zone: string | null) => void;
}

/** The zone that is set, and a list of all to look in. */
export function ZonePicker({ value, onChange }: ZonePickerProps) {
  const [open, setOpen] = useState(false);
  const choose = (zone: string | null): void => {
    setOpen(false);
    if (zone !== value) onChange(zone);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {value === null
          ? t('As the system ({systemZone})', { systemZone: zoneWords(systemZone()) })
          : zoneWords(value)}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} width="sm" title={t('Time zone')}>
        <ZoneList value={value} onChoose={choose} />
      </Dialog>
    </>
  );
}

function ZoneList({ value, onChoose }: { value: string | null; onChoose: (zone: string | null) => void }) {
  const [zones] = useState(knownZones);
  const [atMs] = useState(nowMs);
  const system = systemZone();
  return (
    <Command label={t('Time zones')} loop className="flex min-h-0 flex-col gap-2">
      <Command.Input
        autoFocus
        placeholder={t('A city or region')}
        className="h-8 shrink-0 rounded-md border border-line-strong/70 bg-canvas px-2.5 text-sm text-ink placeholder:text-faint"
      />
      <Command.List className="max-h-[46vh] overflow-y-auto">
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">
          {t('No zone by that name.')}
        </Command.Empty>
        <ZoneItem
          name={t('As the system')}
          line={`${zoneWords(system)}, ${zoneLine(system, atMs)}`}
          isChosen={value === null}
          onChoose={() => onChoose(null)}
        />
        {zones.map((zone) => (
          <ZoneItem
            key={zone}
            name={zoneWords(zone)}
            line={zoneLine(zone, atMs)}
            isChosen={zone === value}
            onChoose={() => onChoose(zone)}
          />
        ))}
      </Command.List>
    </Command>
  );
}

interface ZoneItemProps {
  name: string;
  line: string;
  isChosen: boolean;
  onChoose: () => void;
}

const ZoneItem = ({ name, line, isChosen, onChoose }: ZoneItemProps) => (
  <Command.Item
    value={name}
    onSelect={onChoose}
    className="flex min-h-8 items-center gap-2 rounded-md px-2 text-sm text-ink data-[selected=true]:bg-accent-soft"
  >
    <span className="w-3.5 shrink-0">
      {isChosen && <Check size={13} aria-label={t('Chosen')} className="text-accent" />}
    </span>
    <span className="truncate">{name}</span>
    <span className="figures ml-auto shrink-0 text-xs text-muted">{line}</span>
  </Command.Item>
);
