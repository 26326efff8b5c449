import { Bell, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';

import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ClockInput } from '../ui/clock-input.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Select, Slider, Switch } from '../ui/controls.tsx';
import { DayInput } from '../ui/day-input.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { SearchInput } from '../ui/search-input.tsx';
import { Segmented, Tabs } from '../ui/tabs.tsx';
import { TextField } from '../ui/text-field.tsx';
import { Section, Specimen } from './section.tsx';

const VARIANTS = ['primary', 'secondary', 'ghost', 'danger', 'danger-quiet'] as const;
const SIZES = ['sm', 'md', 'lg'] as const;
const OPTIONS = [
  { value: 'all', label: 'All backends' },
  { value: 'desk', label: 'Practice desk' },
];

/** What is pressed, chosen and filled in. */
export function Choices() {
  return (
    <Section title="Buttons and fields">
      {VARIANTS.map((variant) => (
        <Specimen key={variant} name={`Button, ${variant}: sizes, with a sign, busy, disabled`}>
          {SIZES.map((size) => (
            <Button key={size} variant={variant} size={size}>
              {size}
            </Button>
          ))}
          <Button variant={variant} icon={<Search size={14} aria-hidden />}>
            With a sign
          </Button>
          <Button variant={variant} busy>
            Busy
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
        </Specimen>
      ))}
      <Specimen name="Icon button, copy button, keys">
        <IconButton label="Notify me" icon={<Bell size={16} aria-hidden />} />
        <IconButton label="Remove" size="sm" icon={<Trash2 size={14} aria-hidden />} disabled />
        <CopyButton text="copied" />
        <Kbd keys="Mod+Shift+P" />
      </Specimen>
      <Fields />
    </Section>
  );
}

function Fields() {
  const [text, setText] = useState('Night desk');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState('all');
  const [on, setOn] = useState(true);
  const [share, setShare] = useState(40);
  const [tab, setTab] = useState('open');
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <TextField label="Name" help="How it is called here." value={text} onText={setText} />
        <TextField label="Address" required error="This is no address." value="htp://" onText={() => {}} />
        <TextField label="Disabled" value="Not now" onText={() => {}} disabled />
        <Field label="Backend">
          {(aria) => <Select {...aria} value={chosen} onChange={setChosen} options={OPTIONS} />}
        </Field>
        <Field label="Words of your own" className="col-span-2">
          {(aria) => <TextArea {...aria} defaultValue="Sold {quantity} {symbol}" />}
        </Field>
      </div>
      <DaysAndClocks />
      <Specimen name="Search, switch, box, slider">
        <SearchInput
          label="Symbol"
          placeholder="Symbol"
          value={search}
          onChange={setSearch}
          className="w-40"
        />
        <Switch aria-label="Sound" checked={on} onChange={setOn} />
        <Switch aria-label="Sound, off" checked={false} onChange={() => {}} />
        <Switch aria-label="Sound, disabled" checked disabled onChange={() => {}} />
        <Checkbox aria-label="Chosen" checked={on} onChange={setOn} />
        <Checkbox aria-label="Some chosen" checked="indeterminate" onChange={() => {}} />
        <Checkbox aria-label="None chosen" checked={false} onChange={() => {}} />
        <Slider
          aria-label="Volume"
          value={share}
          onChange={setShare}
          min={0}
          max={100}
          step={5}
          className="max-w-40"
        />
      </Specimen>
      <Specimen name="One of a few, tabs">
        <Segmented label="Which" value={chosen} onChange={setChosen} options={OPTIONS} />
        <Tabs
          label="Proposals"
          value={tab}
          onChange={setTab}
          className="w-96 rounded-lg border border-line bg-surface"
          contentClassName="p-3.5 text-sm text-muted"
          items={[
            { id: 'open', label: 'Open', content: 'What waits.' },
            { id: 'decided', label: 'Decided', content: 'What was decided.' },
          ]}
        />
      </Specimen>
    </>
  );
}

function DaysAndClocks() {
  const [day, setDay] = useState('2026-03-05');
  const [time, setTime] = useState('14:05');
  return (
    <Specimen name="Day and time, as the desk writes them: filled, small, empty, out of bounds, disabled">
      <DayInput aria-label="Day" className="w-36" value={day} onChange={setDay} />
      <ClockInput aria-label="Time" className="!w-24" value={time} onChange={setTime} />
      <DayInput aria-label="Small day" dense className="w-34" value={day} onChange={setDay} />
      <ClockInput
        aria-label="Small time"
        dense
        seconds
        className="!w-28"
        value={`${time}:00`}
        onChange={() => {}}
      />
      <DayInput aria-label="No day" className="w-36" value="" onChange={() => {}} />
      <ClockInput aria-label="No time" className="!w-24" value="" onChange={() => {}} />
      <DayInput
        aria-label="Too early"
        className="w-36"
        min="2026-04-01"
        value="2026-03-05"
        onChange={() => {}}
      />
      <DayInput aria-label="Disabled day" disabled className="w-36" value={day} onChange={() => {}} />
    </Specimen>
  );
}
