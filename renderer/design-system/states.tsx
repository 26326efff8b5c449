import { Plug } from 'lucide-react';

import { toFloat } from '#shared/money.ts';

import { Button } from '../ui/button.tsx';
import { Money, Percent } from '../ui/figures.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProgressBar } from '../ui/progress.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../ui/states.tsx';
import type { TableColumn } from '../ui/table-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { Section, Specimen } from './section.tsx';

interface Row {
  asset: string;
  valueUsd: string;
  changePct: string;
}
const ROWS: readonly Row[] = [
  { asset: 'BTC', valueUsd: '91153.11', changePct: '3.84' },
  { asset: 'ETH', valueUsd: '40475.81', changePct: '-8.1' },
  { asset: 'USDC', valueUsd: '29181.24', changePct: '0' },
];
const COLUMNS: readonly TableColumn<Row>[] = [
  { id: 'asset', header: 'Asset', width: '1fr', sortValue: ({ asset }) => asset, cell: ({ asset }) => asset },
  {
    id: 'value',
    header: 'Value',
    width: '8rem',
    align: 'right',
    sortValue: ({ valueUsd }) => toFloat(valueUsd),
    cell: ({ valueUsd }) => <Money value={valueUsd} />,
  },
  {
    id: 'change',
    header: '24 h',
    width: '6rem',
    align: 'right',
    text: ({ changePct }) => changePct,
    cell: ({ changePct }) => <Percent value={changePct} />,
  },
];

/** A part of a place with data, and in every state without. */
export function States() {
  return (
    <Section title="Panels, tables and states">
      <div className="grid grid-cols-2 gap-3">
        <Panel title="With rows" actions={<Button size="sm">Act</Button>} className="h-56">
          <VirtualTable
            label="Holdings"
            name="Holdings"
            rows={ROWS}
            columns={COLUMNS}
            rowKey={({ asset }) => asset}
            selectedKey="ETH"
            onRowClick={() => {}}
            initialSort={{ id: 'value', desc: true }}
            className="h-full"
          />
        </Panel>
        <Panel title="Loading" className="h-56">
          <SkeletonRows count={3} />
        </Panel>
        <Panel title="Empty" className="h-56">
          <EmptyState
            icon={<Plug size={20} aria-hidden />}
            title="No backend is connected"
            action={<Button variant="primary">Connect your bot</Button>}
          >
            Say what is missing, and the next step.
          </EmptyState>
        </Panel>
        <Panel title="Broken" className="h-56">
          <ErrorState
            title="The journal could not be read"
            message="The disk refused the file."
            onRetry={() => {}}
          />
        </Panel>
      </div>
      <Specimen name="Progress: known, not known, and a thing that turns">
        <div className="w-72">
          <ProgressBar pct={40} label="Export" words="4,000 of 10,000 entries" />
        </div>
        <div className="w-72">
          <ProgressBar pct={null} label="Search" words="Searching" />
        </div>
        <Spinner label="Loading" />
      </Specimen>
    </Section>
  );
}
