import type { ConversationSummary } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

import { useSettings } from '../../stores/settings.ts';
import { formatCount } from '../../ui/format.ts';
import { costWords } from './cost.ts';

/** What a conversation took so far, and what that costs at the price that the person set. */
export function UsageLine({ summary }: { summary: ConversationSummary }) {
  const prices = useSettings()?.assistant;
  const { answerer, untold, usage } = summary;
  const told = usage.inputTokens + usage.outputTokens > 0;
  const words = told
    ? [
        t('{count} tokens in, {count2} out', {
          count: formatCount(usage.inputTokens),
          count2: formatCount(usage.outputTokens),
        }),
      ]
    : [];
  const cost = told && prices !== undefined ? costWords(usage, prices) : null;
  if (cost !== null) words.push(cost);
  if (untold > 0 && answerer.kind === 'model')
    words.push(
      told ? t('{untold} not told by this server', { untold }) : t('Tokens are not told by this server'),
    );
  if (answerer.kind === 'backend') words.push(t('Answered by the backend’s own chat'));
  return (
    <p className="figures truncate text-2xs text-muted">{words.join(' · ') || t('Nothing asked yet')}</p>
  );
}
