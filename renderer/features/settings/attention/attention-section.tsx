import { Play } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { SoundName } from '#shared/domain/attention.ts';
import { soundName } from '#shared/domain/attention.ts';
import type { AttentionSettings } from '#shared/domain/settings.ts';

import { describeError, request } from '../../../bridge.ts';
import { nowMs } from '../../../stores/clock.ts';
import { useEntry } from '../../../stores/desk.ts';
import { useSettings } from '../../../stores/settings.ts';
import { useRequest } from '../../../stores/use-request.ts';
import { Button } from '../../../ui/button.tsx';
import { Slider, Switch } from '../../../ui/field.tsx';
import { formatTime } from '../../../ui/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { saveSetting, SettingRow } from '../parts/setting-row.tsx';

const SOUNDS: Record<SoundName, { label: string; help: string }> = {
  approval: { label: 'Approval', help: 'A bot proposes a trade.' },
  alert: { label: 'Alert', help: 'Something worth a look.' },
  critical: { label: 'Critical', help: 'Something that cannot wait.' },
  kill: { label: 'Halt', help: 'A kill switch went on, here or elsewhere.' },
  clear: { label: 'All clear', help: 'A halt was lifted or a trouble ended.' },
};

/** How the desk gets a person's attention, and what became of each attempt (L1). */
export function AttentionSection() {
  const attention = useSettings()?.attention;
  if (attention === undefined) return null;
  const set = (change: Partial<AttentionSettings>) => void saveSetting({ attention: change });
  return (
    <div className="flex flex-col gap-4">
      <Panel title="Notifications and sound">
        <SettingRow
          label="Notifications"
          help="Shown by the system for new approvals, urgent alerts and halts. Switched off, everything still shows here."
        >
          <Switch
            aria-label="Notifications"
            checked={attention.notifications}
            onChange={(notifications) => set({ notifications })}
          />
        </SettingRow>
        <SettingRow label="Sound">
          <Switch aria-label="Sound" checked={attention.sound} onChange={(sound) => set({ sound })} />
        </SettingRow>
        <SettingRow label="Volume">
          <VolumeSlider
            key={attention.volume}
            volume={attention.volume}
            onCommit={(volume) => set({ volume })}
          />
        </SettingRow>
      </Panel>
      <Attempts />
    </div>
  );
}

function VolumeSlider({ volume, onCommit }: { volume: number; onCommit: (volume: number) => void }) {
  const [value, setValue] = useState(volume);
  return (
    <span className="flex w-56 items-center gap-3">
      <Slider
        aria-label="Volume"
        value={value}
        onChange={setValue}
        onCommit={onCommit}
        min={0}
        max={1}
        step={0.05}
      />
      <span className="figures w-10 text-right text-xs text-muted">{Math.round(value * 100)}%</span>
    </span>
  );
}

const RECENT = {
  text: '',
  kinds: ['notification'],
  backendId: null,
  fromMs: null,
  toMs: null,
  beforeSeq: null,
  limit: 12,
} as const;

/** Test buttons, and the newest attempts to notify as the journal has them. */
function Attempts() {
  const params = useMemo(() => ({ ...RECENT, kinds: [...RECENT.kinds] }), []);
  // What became of an attempt is written down when it is over, which is after the test was answered.
  const written = useEntry('journal', 'journal')?.entries ?? 0;
  const attempts = useRequest('journal.search', params, written);
  const [testing, setTesting] = useState<SoundName | null>(null);
  const [tested, setTested] = useState<{ title: string; sinceMs: number } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const outcome =
    tested === null
      ? undefined
      : attempts.value?.find(
          ({ atMs, summary }) => atMs >= tested.sinceMs && summary.startsWith(tested.title),
        );

  async function test(sound: SoundName): Promise<void> {
    setTesting(sound);
    try {
      const sinceMs = nowMs();
      const { title } = await request('attention.test', { sound });
      setTested({ title, sinceMs });
      setTrouble(null);
      attempts.reload();
    } catch (error) {
      setTrouble(`The test could not be made: ${describeError(error)}`);
    }
    setTesting(null);
  }

  return (
    <>
      <Panel title="Try it">
        <ul>
          {soundName.options.map((sound) => (
            <li
              key={sound}
              className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0"
            >
              <span className="w-20 text-sm font-medium text-ink">{SOUNDS[sound].label}</span>
              <span className="min-w-0 flex-1 text-xs text-muted">{SOUNDS[sound].help}</span>
              <Button
                size="sm"
                aria-label={`Test ${SOUNDS[sound].label}`}
                busy={testing === sound}
                icon={<Play size={12} aria-hidden />}
                onClick={() => void test(sound)}
              >
                Test
              </Button>
            </li>
          ))}
        </ul>
        {(trouble !== null || tested !== null) && (
          <p role="status" className="border-t border-line px-4 py-2.5 text-xs text-muted">
            {trouble ?? outcome?.summary ?? 'Sent. What becomes of it is being written down.'}
          </p>
        )}
      </Panel>
      <Panel
        title="What became of the newest"
        actions={
          <Button size="sm" variant="ghost" onClick={attempts.reload}>
            Read again
          </Button>
        }
      >
        {attempts.value === null ? (
          attempts.trouble === null ? (
            <SkeletonRows count={3} />
          ) : (
            <ErrorState
              title="The journal could not be read"
              message={attempts.trouble}
              onRetry={attempts.reload}
            />
          )
        ) : attempts.value.length === 0 ? (
          <EmptyState title="Nothing was announced yet">Press a test button above.</EmptyState>
        ) : (
          <ul>
            {attempts.value.map((entry) => (
              <li key={entry.seq} className="flex gap-4 border-b border-line px-4 py-2 text-xs last:border-0">
                <span className="figures w-24 shrink-0 text-faint">{formatTime(entry.atMs, nowMs())}</span>
                <span className="selectable min-w-0 break-words text-ink">{entry.summary}</span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
