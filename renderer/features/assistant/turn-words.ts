import type { ChatTurn } from '#shared/domain/assistant.ts';

/** What is to be known about how an answer ended; `null` for one that is whole. */
export function endWords({ content, end, trouble }: ChatTurn): string | null {
  switch (end) {
    case 'complete':
      return trouble;
    case 'under-way':
      return 'This answer is still on its way.';
    case 'stopped':
      return content === ''
        ? 'No answer came. You stopped it.'
        : 'This answer is incomplete. You stopped it.';
    case 'failed':
    case 'broken-off':
      return `${content === '' ? 'No answer came.' : 'This answer is incomplete.'} ${trouble ?? 'It broke off.'}`;
  }
}
