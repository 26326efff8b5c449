import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

/** What is to be known about how an answer ended; `null` for one that is whole. */
export function endWords({ content, end, trouble }: ChatTurn): string | null {
  switch (end) {
    case 'complete':
      return trouble;
    case 'under-way':
      return t('This answer is still on its way.');
    case 'stopped':
      return content === ''
        ? t('No answer came. You stopped it.')
        : t('This answer is incomplete. You stopped it.');
    case 'failed':
    case 'broken-off':
      return `${content === '' ? t('No answer came.') : t('This answer is incomplete.')} ${trouble ?? t('It broke off.')}`;
  }
}
