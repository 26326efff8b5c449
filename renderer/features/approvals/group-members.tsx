import { t } from '#shared/words.ts';

import { useSuperseded } from '../../stores/derived.ts';
import { selectItem } from '../../stores/ui.ts';
import { Age } from '../../ui/age.tsx';
import { cx } from '../../ui/cx.ts';
import { Money, Price } from '../../ui/figures.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';
import type { ApprovalGroup } from './approval-groups.ts';
import { approvalKeyOf } from './approval-groups.ts';

/** The proposals of a group one by one; a bot whose rule goes on holding asks the same again and again. */
export function GroupMembers({ group, shownId }: { group: ApprovalGroup; shownId: string }) {
  const superseded = useSuperseded();
  return (
    <section>
      <h3 className="label mb-1.5">
        {t(
          'Asked {count} times in the same words. A decision here is for the one that is shown; pick the row at the left to decide on all.',
          { count: group.members.length },
        )}
      </h3>
      <VirtualList
        label={t('Proposals of this group')}
        items={group.members}
        itemKey={approvalKeyOf}
        estimateHeight={32}
        className="max-h-48 rounded-lg border border-line"
        renderItem={(member) => (
          <button
            type="button"
            aria-current={member.id === shownId}
            onClick={() => selectItem(approvalKeyOf(member))}
            className={cx(
              'grid h-8 w-full grid-cols-[minmax(0,1fr)_7rem_7rem] items-center gap-3 border-b border-line px-3 text-left text-xs',
              'focus-visible:-outline-offset-2',
              member.id === shownId ? 'bg-accent-soft text-ink' : 'text-muted hover:bg-raised',
            )}
          >
            <span>
              <Sentence
                text={t('asked {age}', { age: slot('age') })}
                parts={{ age: <Age atMs={member.createdAtMs} as="ago" /> }}
              />
              {superseded.has(approvalKeyOf(member)) && (
                <span className="text-faint"> {t('· replaced')}</span>
              )}
            </span>
            <Price value={member.priceThen} className="text-right" />
            <Money value={member.valueUsd} className="text-right" />
          </button>
        )}
      />
    </section>
  );
}
